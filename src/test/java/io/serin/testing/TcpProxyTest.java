package io.serin.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TcpProxyTest {
  private ServerSocket backend;
  private TcpProxy proxy;

  @BeforeEach
  void start() throws IOException {
    backend = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    proxy = TcpProxy.to(backend.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    backend.close();
  }

  @Test
  void bytesPassBothWays() throws IOException {
    try (Socket client = connect();
        Socket server = backend.accept()) {
      client.getOutputStream().write("ping".getBytes(US_ASCII));
      server.getOutputStream().write("pong".getBytes(US_ASCII));

      assertThat(server.getInputStream().readNBytes(4)).asString(US_ASCII).isEqualTo("ping");
      assertThat(client.getInputStream().readNBytes(4)).asString(US_ASCII).isEqualTo("pong");
    }
  }

  @Test
  void aDroppedConnectionEndsOnBothSides() throws IOException {
    try (Socket client = connect();
        Socket server = backend.accept()) {
      client.getOutputStream().write('x');
      assertThat(server.getInputStream().read()).isEqualTo('x');

      proxy.dropConnections();

      assertThatIOException().isThrownBy(() -> client.getInputStream().read());
      assertThatIOException().isThrownBy(() -> server.getInputStream().read());
    }
  }

  @Test
  void aRefusedConnectionEndsAtOnceAndALaterOneWorks() throws IOException {
    proxy.refuseConnections(true);
    try (Socket client = connect()) {
      assertThatEnds(client);
    }
    proxy.refuseConnections(false);

    try (Socket client = connect();
        Socket server = backend.accept()) {
      client.getOutputStream().write('x');
      assertThat(server.getInputStream().read()).isEqualTo('x');
    }
  }

  @Test
  void aDeadBackendResetsTheClient() throws IOException {
    backend.close();

    try (Socket client = connect()) {
      assertThatEnds(client);
    }
  }

  private static void assertThatEnds(Socket client) {
    assertThatIOException().isThrownBy(() -> client.getInputStream().read());
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
  }
}
