package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainCommandTest {
  @TempDir Path folder;

  @Test
  void writesAModelAndSaysWhatItDid() throws IOException {
    Path sessions = SmallShop.sessions(folder, 60);
    Path model = folder.resolve("deep/model");

    CommandRun run =
        CommandRun.of(
            "train",
            "--sessions",
            sessions,
            "--set",
            "hidden=8",
            "--set",
            "embedding=4",
            "--set",
            "epochs=2",
            "--backend",
            "scalar",
            "--out",
            model);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo("data      " + sessions + ": 60 sessions, 180 events, 7 items"),
            line ->
                assertThat(line)
                    .isEqualTo("split     54 sessions to train, the last 6 by time to validate"),
            line -> assertThat(line).matches("model     embedding 4, GRU 1 × 8, \\d+ parameters"),
            line -> assertThat(line).startsWith("backend   scalar"),
            line ->
                assertThat(line)
                    .matches(
                        "epochs    2 of at most 2, the best is [12] \\(validation loss \\S+\\)"),
            line -> assertThat(line).matches("time      \\S+ s"),
            line -> assertThat(line).isEqualTo("written   " + model));
    assertThat(run.err()).contains("epoch  train loss", "    1 ", "    2 ").doesNotContain("\r");
    assertThat(model).isDirectoryContaining("glob:**/MANIFEST");
    assertThat(Files.readString(model.resolve("config.json"))).contains("sessions.sha256");
  }

  @Test
  void goesOnWithAModelsSettingsAndSaysWhatItAdded() throws IOException {
    Path model = SmallShop.model(folder);
    Path sessions =
        Files.write(
            folder.resolve("later.csv"),
            List.of(
                "session,item,time",
                "n1,Movie_Heat,9000",
                "n1,Book_New,9001",
                "n2,Book_New,9002",
                "n2,Movie_Ronin,9003"));
    Path out = folder.resolve("went-on");
    CommandRun withoutCatalogue = goOn(model, sessions, out, "--set", "epochs=1");
    assertThat(withoutCatalogue.exitCode()).isNotZero();
    assertThat(withoutCatalogue.errorLines())
        .last()
        .asString()
        .contains("1 items of the sessions are not in the continued model, expected a catalogue");
    Path added = folder.resolve("added");
    Catalogue.of(List.of(Item.ofId("Book_New"))).write(added);

    CommandRun run =
        goOn(model, sessions, out, "--catalogue", added.toString(), "--set", "epochs=1");

    assertThat(run.errorLines()).noneMatch(line -> line.startsWith("segue train:"));
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("went on   7 known items, 1 new ones (0 begin at similar items' weights)");
    assertThat(Files.readString(out.resolve("config.json")))
        .contains("\"continued\"", "\"hidden\" : 8");

    CommandRun again = goOn(out, sessions, folder.resolve("never"));
    assertThat(again.errorLines()).last().asString().contains("no new sessions");
    CommandRun neighbours = goOn(out, sessions, folder.resolve("x"), "--model", "vstan");
    assertThat(neighbours.exitCode()).isEqualTo(2);
    assertThat(neighbours.errorLines())
        .last()
        .asString()
        .startsWith("segue train: --continue: vstan has no weights to go on from");
  }

  private static CommandRun goOn(Path model, Path sessions, Path out, String... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of("train", "--continue", model, "--sessions", sessions, "--out", out));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                 | empty",
        "a,b                | no such column",
        "'session,item'     | no events",
      })
  void aFileThatIsNoLogIsAMistakeOfOneLine(String content, String reason) throws IOException {
    Path sessions = Files.writeString(folder.resolve("log.csv"), content);

    CommandRun run =
        CommandRun.of("train", "--sessions", sessions, "--out", folder.resolve("model"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines())
        .singleElement()
        .asString()
        .startsWith("segue train: " + sessions)
        .contains(reason);
    assertThat(folder.resolve("model")).doesNotExist();
  }

  @Test
  void binaryGarbageIsRefusedByPlace() throws IOException {
    Path sessions =
        Files.write(folder.resolve("log.csv"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2});

    CommandRun run =
        CommandRun.of("train", "--sessions", sessions, "--out", folder.resolve("model"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines()).singleElement().asString().contains(sessions + ":1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hiden=8    | set: unknown key \"hiden\", did you mean \"hidden\"?",
        "hidden=big | set: hidden: expected an integer",
        "tied=true  | set: tied: needs embedding = hidden",
      })
  void aWrongSettingIsAMistake(String setting, String reason) throws IOException {
    CommandRun run =
        CommandRun.of(
            "train",
            "--sessions",
            SmallShop.sessions(folder, 9),
            "--set",
            setting,
            "--out",
            folder.resolve("model"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines()).singleElement().asString().startsWith("segue train: " + reason);
  }

  @Test
  void aNeighbourhoodModelIsTakenLikeAnyOther() throws IOException {
    Path sessions = SmallShop.sessions(folder, 60);
    Path catalogue = SmallShop.catalogue(folder);
    Path model = folder.resolve("neighbours");

    CommandRun train =
        CommandRun.of(
            "train",
            "--model",
            "vstan",
            "--sessions",
            sessions,
            "--catalogue",
            catalogue,
            "--set",
            "k=30",
            "--out",
            model);
    assertThat(train.err()).isEmpty();
    assertThat(train.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).endsWith(": 60 sessions, 180 events, 7 items"),
            line -> assertThat(line).startsWith("model     vstan, k 30, sample 2500, "),
            line ->
                assertThat(line)
                    .matches("index     60 sessions of 60, 0\\.0 MB, \\d+\\.\\d bytes an event"),
            line -> assertThat(line).matches("time      \\S+ s"),
            line -> assertThat(line).isEqualTo("written   " + model));

    CommandRun recommend =
        CommandRun.of("recommend", "--model", model, "--session", "Heat", "-k", "1");
    assertThat(recommend.out()).startsWith("1. ").contains("Ronin");
    CommandRun evaluate = CommandRun.of("evaluate", "--model", model, "--sessions", sessions);
    assertThat(evaluate.err()).contains("these sessions were trained on");
    assertThat(evaluate.out()).contains("vstan ", "vsknn ", "item-knn ", "session-popularity ");
    CommandRun export =
        CommandRun.of("export", "--model", model, "--onnx", folder.resolve("model.onnx"));
    assertThat(export.exitCode()).isEqualTo(2);
    assertThat(export.errorLines())
        .singleElement()
        .asString()
        .isEqualTo(
            "segue export: only a GRU can be written as ONNX, expected a model of kind gru, got vstan");
  }

  @Test
  void aGruAndPastSessionsAreBlended() throws IOException {
    Path model = SmallShop.model(folder);
    Path blend = folder.resolve("blend");

    CommandRun run =
        CommandRun.of(
            "blend",
            "--model",
            model,
            "--sessions",
            folder.resolve("sessions.csv"),
            "--out",
            blend);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("GRU's part", "0.0 ", "1.0 ");
    assertThat(run.out().lines().toList().getLast())
        .matches("[01]\\.\\d is best on 6 validation sessions. Written: " + blend);
    CommandRun recommend =
        CommandRun.of("recommend", "--model", blend, "--session", "Heat", "-k", "1", "--json");
    assertThat(recommend.out()).contains("\"model\":\"blend\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "knn   |        | --model: expected gru or one of vstan, stan, vsknn, item-knn, sequential-rules, got \"knn\"",
        "vstan | hidden=8 | set: unknown key \"hidden\"; known keys: k, sample,",
        "stan  | position=far | set: position: expected none, linear, quadratic, reciprocal or a number",
      })
  void aWrongNeighbourhoodModelIsAMistake(String kind, String setting, String reason)
      throws IOException {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--model",
                kind,
                "--sessions",
                SmallShop.sessions(folder, 9),
                "--out",
                folder.resolve("model")));
    if (setting != null) {
      arguments.addAll(List.of("--set", setting));
    }
    CommandRun run = CommandRun.of(arguments.toArray());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines()).singleElement().asString().startsWith("segue train: " + reason);
  }

  @Test
  void neverReplacesAFolderOfOtherFiles() throws IOException {
    Path sessions = SmallShop.sessions(folder, 9);

    CommandRun run = CommandRun.of("train", "--sessions", sessions, "--out", folder);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines()).singleElement().asString().contains("holds other files");
    assertThat(sessions).exists();
  }

  @Test
  void nothingToResumeIsAMistake() throws IOException {
    CommandRun run =
        CommandRun.of(
            "train",
            "--sessions",
            SmallShop.sessions(folder, 9),
            "--resume",
            "--out",
            folder.resolve("model"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines()).singleElement().asString().contains("no checkpoint");
  }

  @Test
  void interruptingSavesACheckpointFromWhichTheRunGoesOn() throws Exception {
    Path sessions = SmallShop.sessions(folder, 60);
    try (ChildProcess child = startEndlessTraining(sessions)) {
      child.awaitOutput("\n    3 ");
      child.interrupt();

      assertThat(child.exitCode()).isEqualTo(130);
      assertThat(child.err())
          .endsWith(
              "Stopped; a checkpoint is saved. Continue with: segue train --sessions "
                  + Shell.quote(sessions.toString())
                  + " --set hidden=8 --set embedding=8 --set epochs=1000000"
                  + " --set patience=1000000 --out model --resume\n");
      assertThat(child.out()).isEmpty();
    }
    assertThat(folder.resolve("model")).doesNotExist();
    try (ChildProcess child = startEndlessTraining(sessions, "--resume")) {
      child.awaitOutput("epoch ");
      child.awaitOutput("\n ");
      child.interrupt();
      assertThat(child.exitCode()).isEqualTo(130);
      assertThat(child.err()).doesNotContain("\n    1 ", "\n    2 ");
    }
  }

  private ChildProcess startEndlessTraining(Path sessions, String... more) throws IOException {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--sessions",
                sessions,
                "--set",
                "hidden=8",
                "--set",
                "embedding=8",
                "--set",
                "epochs=1000000",
                "--set",
                "patience=1000000",
                "--out",
                "model"));
    arguments.addAll(List.of(more));
    return ChildProcess.start(folder, arguments.toArray());
  }
}
