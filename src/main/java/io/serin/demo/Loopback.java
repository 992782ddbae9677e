package io.serin.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on loopback, each request on a virtual thread of its own. */
final class Loopback implements AutoCloseable {
  private static final int LONGEST_DRAIN_SECONDS = 2;

  private final HttpServer server;
  private final ExecutorService threads;

  private Loopback(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /** Serves on a free port. */
  static Loopback serve(String name, HttpHandler handler) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
      ExecutorService threads =
          Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 0).factory());
      server.setExecutor(threads);
      server.createContext("/", exchange -> answered(exchange, handler));
      server.start();
      return new Loopback(server, threads);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on loopback for " + name, e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The base address, without a slash at the end. */
  String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Sends a text and ends the exchange. */
  static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** Accepts no more and lets running requests end, two seconds at the most. */
  @Override
  public void close() {
    server.stop(LONGEST_DRAIN_SECONDS);
    threads.shutdownNow();
  }

  private static void answered(HttpExchange exchange, HttpHandler handler) throws IOException {
    try (exchange) {
      // What is left unread would keep the connection from being used again.
      handler.handle(exchange);
    }
  }
}
