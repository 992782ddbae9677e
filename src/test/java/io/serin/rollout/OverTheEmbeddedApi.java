package io.serin.rollout;

import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Plays the scenarios of a test over the embedded API. Each has a server for itself; the servers
 * are wiped after a test and used again.
 */
final class OverTheEmbeddedApi implements InvocationInterceptor {

  /** The servers that nobody uses; closed by JUnit with the last test. */
  private record Idle(Deque<EmbeddedServer> servers) implements AutoCloseable {
    @Override
    public void close() {
      servers.forEach(EmbeddedServer::close);
    }
  }

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    play(invocation, context);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    play(invocation, context);
  }

  private static void play(Invocation<@Nullable Void> test, ExtensionContext context)
      throws Throwable {
    Deque<EmbeddedServer> idle = idle(context);
    List<EmbeddedApi> used = new ArrayList<>();
    try {
      ScopedValue.where(
              ScenarioCluster.ORIGIN,
              () -> {
                EmbeddedServer server = idle.isEmpty() ? new EmbeddedServer() : idle.pop();
                used.add(new EmbeddedApi(server));
                return used.getLast();
              })
          .call(test::proceed);
      used.forEach(EmbeddedApi::verify);
    } finally {
      used.forEach(api -> idle.push(api.leave()));
    }
  }

  private static Deque<EmbeddedServer> idle(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(OverTheEmbeddedApi.class))
        .computeIfAbsent(Idle.class, _ -> new Idle(new ArrayDeque<>()), Idle.class)
        .servers();
  }
}
