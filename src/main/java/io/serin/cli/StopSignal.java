package io.serin.cli;

import java.util.concurrent.CountDownLatch;
import org.jline.utils.Signals;

/** The wish that a long-running command ends. Once made it stands. */
public final class StopSignal {
  private final CountDownLatch requested = new CountDownLatch(1);

  /**
   * The wish of the operating system: the first SIGINT or SIGTERM asks to stop, a second one ends
   * the process at once with {@link ExitCode#FAILED}. A handler in place of a shutdown hook,
   * because after SIGTERM the JVM leaves with 143 however cleanly the hooks end.
   */
  public static StopSignal ofProcess() {
    StopSignal stop = new StopSignal();
    Signals.register("INT", stop::requestOrHalt);
    Signals.register("TERM", stop::requestOrHalt);
    return stop;
  }

  /** Asks to stop; asking again changes nothing. */
  public void request() {
    requested.countDown();
  }

  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Waits until somebody asks to stop. */
  public void await() throws InterruptedException {
    requested.await();
  }

  private void requestOrHalt() {
    if (isRequested()) {
      Runtime.getRuntime().halt(ExitCode.FAILED);
    }
    request();
  }
}
