package io.serin.http;

import java.math.BigInteger;
import java.net.InetAddress;

/** Networks in the notation {@code 10.0.0.0/8} or {@code fd00::/8}. */
final class Network {
  private Network() {}

  /** Whether the host is written as an address, and that address lies in the network. */
  static boolean contains(String network, String host) {
    String[] parts = network.split("/", 2);
    try {
      byte[] base = InetAddress.ofLiteral(parts[0]).getAddress();
      byte[] address = InetAddress.ofLiteral(host).getAddress();
      int ignored = base.length * 8 - Integer.parseInt(parts[1]);
      return base.length == address.length
          && ignored >= 0
          && new BigInteger(base)
              .shiftRight(ignored)
              .equals(new BigInteger(address).shiftRight(ignored));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
