package io.serin.record;

import io.serin.rollout.TickRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;

/**
 * Takes the ticks of a file in their order and gives its runs, each as soon as it is whole: when
 * the next run of its canary begins, or at the end. So no more is held than a run of each canary.
 */
final class RunAssembly {

  private final String name;
  private final ObjIntConsumer<Recording> whole;
  private final Map<String, Open> open = new LinkedHashMap<>();
  private int runs;

  private record Open(int index, List<TickRecord> ticks) {}

  /**
   * @param name name of the file without its ending
   * @param whole is given each run and its place among the runs of the file, in order of their
   *     beginnings, from 0
   */
  RunAssembly(String name, ObjIntConsumer<Recording> whole) {
    this.name = name;
    this.whole = whole;
  }

  void add(TickRecord tick) {
    Open run = open.get(tick.canary());
    if (run == null || (Runs.ends(run.ticks.getLast()) && Runs.belongs(tick))) {
      if (run != null) {
        give(run);
      }
      run = new Open(runs++, new ArrayList<>());
      open.put(tick.canary(), run);
    }
    run.ticks.add(tick);
  }

  void end() {
    open.values().forEach(this::give);
    open.clear();
  }

  private void give(Open run) {
    String own = run.index == 0 ? name : name + "#" + (run.index + 1);
    whole.accept(new Recording(own, run.ticks), run.index);
  }
}
