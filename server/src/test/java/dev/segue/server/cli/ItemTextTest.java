package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.data.Item;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemTextTest {
  @Test
  void aLineHasDomainTitleAndCreator() {
    assertThat(ItemText.line(item("Music_4ux", "Yellow", "Coldplay")))
        .isEqualTo("[Music] Yellow — Coldplay");
  }

  @Test
  void aMissingCreatorIsLeftOut() {
    assertThat(ItemText.line(item("Movie_Heat", "Heat", "Not Available")))
        .isEqualTo("[Movie] Heat");
    assertThat(ItemText.line(item("Movie_Heat", "Heat", ""))).isEqualTo("[Movie] Heat");
  }

  @Test
  void anIdThatSaysNothingIsExplained() {
    assertThat(ItemText.name(item("Music_4ux", "Yellow", "Coldplay")))
        .isEqualTo("\"Music_4ux\" (Yellow by Coldplay)");
    assertThat(ItemText.name(item("Movie_Heat (1995)", "Heat", "Michael Mann")))
        .isEqualTo("\"Movie_Heat (1995)\"");
  }

  private static Item item(String id, String title, String creator) {
    String domain = id.substring(0, id.indexOf('_'));
    return new Item(id, title, domain, List.of(), "", 0, creator, "");
  }
}
