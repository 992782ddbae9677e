package io.serin.rollout;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The scenarios again, over the embedded API: what the cluster in memory allows and a Kubernetes
 * API does not, or the other way round, shows here.
 */
@ExtendWith(OverTheEmbeddedApi.class)
class EmbeddedApiIT {

  @Nested
  class TickCounts extends TickCountsTest {}

  @Nested
  class Acceptance extends AcceptanceTest {}

  @Nested
  class Events extends EventsTest {}

  @Nested
  class Initialisation extends InitialisationTest {}

  @Nested
  class Progressive extends ProgressiveTest {}

  @Nested
  class AbTesting extends AbTestingTest {}

  @Nested
  class BlueGreen extends BlueGreenTest {}

  @Nested
  class Rollback extends RollbackTest {}

  @Nested
  class Promotion extends PromotionTest {}

  @Nested
  class EarlyPromotion extends EarlyPromotionTest {}

  @Nested
  class FailedPromotion extends FailedPromotionTest {}

  @Nested
  class Detection extends DetectionTest {}

  @Nested
  class Gates extends GatesTest {}

  @Nested
  class Alerts extends AlertsTest {}

  @Nested
  class SkipAnalysis extends SkipAnalysisTest {}

  @Nested
  class Suspend extends SuspendTest {}

  @Nested
  class Deletion extends DeletionTest {}

  @Nested
  class RequestCount extends RequestCountTest {}

  @Nested
  class BadInput extends BadInputTest {}
}
