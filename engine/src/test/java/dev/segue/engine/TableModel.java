package dev.segue.engine;

import dev.segue.data.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A model whose scores are a function of the items so far.
final class TableModel implements SessionModel {
  private final String name;
  private final Catalogue items;
  private final int size;
  private final Function<List<Integer>, float[]> table;

  TableModel(String name, Catalogue items, int size, Function<List<Integer>, float[]> table) {
    this.name = name;
    this.items = items;
    this.size = size;
    this.table = table;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Catalogue items() {
    return items;
  }

  @Override
  public int vocabularySize() {
    return size;
  }

  @Override
  public ModelState start() {
    return new State();
  }

  private final class State extends ScoredState {
    private final List<Integer> session = new ArrayList<>();

    @Override
    public void add(ModelEvent event) {
      session.add(event.item());
    }

    @Override
    public void scores(float[] out) {
      System.arraycopy(table.apply(session), 0, out, 0, size);
    }

    @Override
    int items() {
      return size;
    }
  }
}
