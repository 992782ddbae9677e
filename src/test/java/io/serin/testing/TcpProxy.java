package io.serin.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Forwards loopback connections to another loopback port, until it is told to cut them. */
public final class TcpProxy implements AutoCloseable {
  private final int target;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean refusing;

  private TcpProxy(int target, ServerSocket listener) {
    this.target = target;
    this.listener = listener;
  }

  public static TcpProxy to(int target) {
    try {
      TcpProxy proxy =
          new TcpProxy(target, new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().name("proxy to " + target).start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on loopback", e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Resets every connection that is open now; new ones are welcome. */
  public void dropConnections() {
    open.forEach(TcpProxy::reset);
  }

  /** While true, a new connection is reset as soon as it is made. */
  public void refuseConnections(boolean refuse) {
    refusing = refuse;
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close port " + port(), e);
    } finally {
      dropConnections();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> forward(client));
      } catch (IOException _) {
        // Closed, or the client went away first: the loop's condition knows which.
      }
    }
  }

  private void forward(Socket client) {
    open.add(client);
    try (client) {
      // Asked after the client is known: a cut that comes in between finds it among the open ones.
      if (refusing) {
        reset(client);
      } else {
        connect(client);
      }
    } catch (IOException _) {
      // Already closed.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  private void connect(Socket client) throws InterruptedException {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      open.add(server);
      try {
        Thread back = Thread.ofVirtual().start(() -> pump(server, client));
        pump(client, server);
        back.join();
      } finally {
        open.remove(server);
      }
    } catch (IOException _) {
      // Nobody listens behind the proxy.
      reset(client);
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException _) {
      reset(from);
      reset(to);
    }
  }

  private static void reset(Socket socket) {
    try (socket) {
      // No lingering turns the close into a reset, as a lost peer would look.
      socket.setSoLinger(true, 0);
    } catch (IOException _) {
      // Already closed.
    }
  }
}
