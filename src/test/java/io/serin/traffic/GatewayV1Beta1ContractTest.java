package io.serin.traffic;

class GatewayV1Beta1ContractTest extends GatewayContract {
  GatewayV1Beta1ContractTest() {
    super("v1beta1");
  }
}
