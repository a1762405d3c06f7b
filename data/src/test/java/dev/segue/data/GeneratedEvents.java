package dev.segue.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// Raw events of users who do not exist, in random order, as large a file as wanted: one user for
/// twenty events, spread over 30 days in visits of an hour; 50,000 items of a skewed popularity.
/// The same number of events gives the same file.
final class GeneratedEvents {
  private static final int ITEMS = 50_000;

  private GeneratedEvents() {}

  /// Writes a file: `GeneratedEvents 100000000 raw.csv`.
  public static void main(String[] arguments) throws IOException {
    write(Long.parseLong(arguments[0]), Path.of(arguments[1]));
  }

  static void write(long events, Path file) throws IOException {
    var random = new SplittableRandom(1);
    int users = Math.toIntExact(Math.max(1, events / 20));
    var row = new StringBuilder();
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("user_id,item_id,timestamp,event_type\n");
      for (long i = 0; i < events; i++) {
        int user = random.nextInt(users);
        double share = random.nextDouble();
        int item = (int) (ITEMS * share * share * share);
        long visit = (user * 31L + random.nextInt(4) * 7L) % 30 * 86_400;
        long time = 1_700_000_000L + visit + random.nextInt(3600);
        String action = random.nextInt(10) == 0 ? "purchase" : "view";
        row.setLength(0);
        row.append("user").append(user).append(",item").append(item).append(',').append(time);
        out.append(row.append(',').append(action).append('\n'));
      }
    }
  }
}
