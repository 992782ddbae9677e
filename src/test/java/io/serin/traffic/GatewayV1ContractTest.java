package io.serin.traffic;

class GatewayV1ContractTest extends GatewayContract {
  GatewayV1ContractTest() {
    super("v1");
  }
}
