package dev.segue.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class SvgPictureTest {
  private static final Pattern ROW_LABEL =
      Pattern.compile("y=\"([0-9.]+)\"[^>]*text-anchor=\"end\">([^<]*)<");

  @Test
  void everyRowHasItsLabelFromTopToBottom() throws IOException {
    List<BarPicture.Bar> bars =
        List.of(
            BarPicture.Bar.of("first", 30),
            BarPicture.Bar.of("second", 20),
            BarPicture.Bar.of("second", 20),
            BarPicture.Bar.of("nothing", 0));

    String svg = SvgPicture.of(new BarPicture(bars, Inks.series(0)), "f", "Bars");

    List<MatchResult> labels = ROW_LABEL.matcher(svg).results().toList();
    assertThat(labels)
        .extracting(label -> label.group(2))
        .containsExactly("first  30", "second  20", "second  20", "nothing  0");
    assertThat(labels)
        .extracting(label -> Double.parseDouble(label.group(1)))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void aHeatMapIsLabelledOnBothSides() throws IOException {
    int[][] percent = {{90, 10}, {30, 70}};
    HeatPicture picture = new HeatPicture(List.of("映画", "書籍"), percent, "to", "from");

    String svg = SvgPicture.of(picture, "h", "Heat");

    assertThat(ROW_LABEL.matcher(svg).results().map(label -> label.group(2)))
        .containsExactly("映画", "書籍");
    assertThat(svg.split("text-anchor=\"middle\"", -1)).hasSize(3);
  }

  @Test
  void theElementIsWellFormedAndItsNamesAreItsOwn() throws Exception {
    Picture picture = new CurvePicture(new long[] {100, 50, 20, 3, 1}, "x", "y", Inks.series(1));

    String svg = SvgPicture.of(picture, "curve", "a < b & \"c\"");

    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(svg).contains("var(--grid)", "currentColor", "a &lt; b &amp; &quot;c&quot;");
    assertThat(svg).doesNotContain("id=\"clip").doesNotContainPattern("\\d\\.\\d{3}");
  }

  @Test
  void aLongCurveKeepsItsEndsAndFewPoints() {
    int[] ranks = CurvePicture.ranks(1_000_000);

    assertThat(ranks).startsWith(1).endsWith(1_000_000).hasSizeLessThan(250);
    assertThat(CurvePicture.ranks(1)).containsExactly(1);
    assertThat(CurvePicture.ranks(3)).containsExactly(1, 2, 3);
  }
}
