package io.serin.alert;

import static io.serin.alert.Samples.bare;
import static io.serin.alert.Samples.channel;
import static io.serin.alert.Samples.detailed;
import static io.serin.alert.Samples.failed;
import static io.serin.alert.Samples.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.serin.api.AlertSeverity;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each receiver is posted, to the letter. */
class BodiesTest {

  @Test
  void slack() {
    assertThat(message(failed(), channel("slack", "https://hooks.slack.com/services/T/B/x")).body())
        .isEqualTo(
            json(
                """
                {"channel":"on-call","username":"flagger","icon_url":"","icon_emoji":":rocket:",
                 "attachments":[{"color":"danger","author_name":"podinfo.test",
                  "text":"Failed checks threshold reached 10","mrkdwn_in":["text"],
                  "fields":[
                   {"title":"Cluster","value":"prod","short":false},
                   {"title":"Why","value":"rollback: failed check 10 of 10: success rate 78.95% \
                &lt; 99% (rule 'the last check that may fail takes the revision back')",
                    "short":false}]}]}
                """));
  }

  @Test
  void slackWithNothingToShowHasAnEmptyListOfFields() {
    Message message = message(bare(AlertSeverity.INFO), channel("slack", "https://slack.com/x"));

    assertThat(tree(message).at("/attachments/0/fields").toString()).isEqualTo("[]");
  }

  @Test
  void slacksTokenIsABearer() {
    Channel api = secret("slack", "https://slack.com/api/chat.postMessage", "xoxb-1");

    assertThat(message(failed(), api).headers())
        .isEqualTo(Map.of("Authorization", "Bearer xoxb-1"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://d/api/webhooks/1/x,             https://d/api/webhooks/1/x/slack",
    "https://d/api/webhooks/1/x/,            https://d/api/webhooks/1/x/slack",
    "https://d/api/webhooks/1/x/slack,       https://d/api/webhooks/1/x/slack",
    "https://d/api/webhooks/1/x?thread_id=2, https://d/api/webhooks/1/x/slack?thread_id=2"
  })
  void discordUnderstandsSlackBelowItsAddress(String address, String posted) {
    Message message = message(failed(), channel("discord", address));

    assertThat(message.address()).isEqualTo(URI.create(posted));
    assertThat(tree(message).at("/attachments/0/fields/1/value").asString())
        .contains("78.95% < 99%");
  }

  @ParameterizedTest
  @CsvSource({
    "slack,             /attachments/0/color,                     good,    warning, danger",
    "discord,           /attachments/0/color,                     good,    warning, danger",
    "rocket,            /attachments/0/color,                     #0076D7, #FFA500, #FF0000",
    "msteams,           /themeColor,                              0076D7,  FFA500,  FF0000",
    "msteams-workflows, /attachments/0/content/body/0/color,      Good,    Warning, Attention",
    "alertmanager,      /0/labels/severity,                       info,    warning, critical",
    "webhook,           /severity,                                info,    warn,    error"
  })
  void d21_everySeverityHasALookOfItsOwn(
      String type, String place, String info, String warn, String error) {
    Channel channel = channel(type, "https://host/x");

    assertThat(AlertSeverity.values())
        .extracting(severity -> tree(message(bare(severity), channel)).at(place).asString())
        .containsExactly(info, warn, error);
  }

  @Test
  void teamsConnector() {
    assertThat(
            message(failed(), channel("msteams", "https://x.webhook.office.com/webhookb2/1"))
                .body())
        .isEqualTo(
            json(
                """
                {"@type":"MessageCard","@context":"http://schema.org/extensions",
                 "themeColor":"FF0000","summary":"podinfo.test",
                 "sections":[{"activityTitle":"Failed checks threshold reached 10",
                  "activitySubtitle":"podinfo.test","facts":[
                   {"name":"Cluster","value":"prod"},
                   {"name":"Why","value":"rollback: failed check 10 of 10: success rate 78.95% \
                < 99% (rule 'the last check that may fail takes the revision back')"}]}]}
                """));
  }

  @Test
  void teamsWorkflow() {
    assertThat(message(failed(), channel("msteams-workflows", "https://host/x")).body())
        .isEqualTo(
            json(
                """
                {"type":"message","attachments":[
                 {"contentType":"application/vnd.microsoft.card.adaptive","contentUrl":null,
                  "content":{"$schema":"http://adaptivecards.io/schemas/adaptive-card.json",
                   "type":"AdaptiveCard","version":"1.4","msteams":{"width":"Full"},
                   "body":[
                    {"type":"TextBlock","size":"Medium","weight":"Bolder","wrap":true,
                     "color":"Attention","text":"Failed checks threshold reached 10"},
                    {"type":"TextBlock","isSubtle":true,"spacing":"None","text":"podinfo.test"},
                    {"type":"FactSet","facts":[
                     {"title":"Cluster","value":"prod"},
                     {"title":"Why","value":"rollback: failed check 10 of 10: success rate 78.95% \
                < 99% (rule 'the last check that may fail takes the revision back')"}]}]}}]}
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "https://prod-1.westeurope.logic.azure.com:443/workflows/1/triggers/manual/paths/invoke, true",
    "https://d1.1.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/1/triggers/manual/paths/invoke?sig=1,"
        + " true",
    "https://contoso.webhook.office.com/webhookb2/1@2/IncomingWebhook/3/4, false",
    "https://outlook.office.com/webhook/1@2/IncomingWebhook/3/4, false"
  })
  void teamsKnowsAWorkflowByItsAddress(String address, boolean adaptive) {
    JsonNode body = tree(message(failed(), channel("msteams", address)));

    assertThat(body.path("type").asString("")).isEqualTo(adaptive ? "message" : "");
    assertThat(body.path("@type").asString("")).isEqualTo(adaptive ? "" : "MessageCard");
  }

  @Test
  void googleChat() {
    assertThat(message(failed(), channel("gchat", "https://chat.googleapis.com/v1/x")).body())
        .isEqualTo(
            json(
                """
                {"cards":[{"header":{"title":"Flagger","subtitle":"podinfo.test",
                  "imageUrl":"https://flagger.app/favicon.png"},
                 "sections":[
                  {"widgets":[{"textParagraph":{"text":\
                "<font color=#848484><strong>Failed checks threshold reached 10</strong></font>"}}]},
                  {"widgets":[{"textParagraph":{"text":\
                "Cluster<br><font color=#848484><strong>prod</strong></font>"}}]},
                  {"widgets":[{"textParagraph":{"text":\
                "Why<br><font color=#848484><strong>rollback: failed check 10 of 10: success rate \
                78.95% &lt; 99% (rule &#39;the last check that may fail takes the revision \
                back&#39;)</strong></font>"}}]}]}]}
                """));
  }

  @Test
  void alertmanager() {
    assertThat(message(failed(), channel("alertmanager", "http://am:9093")).body())
        .isEqualTo(
            json(
                """
                [{"labels":{"alertname":"FlaggerCanary","severity":"critical",
                  "reason":"FailedChecksThreshold","canary":"podinfo","namespace":"test",
                  "target":"podinfo","cluster":"prod"},
                 "annotations":{"summary":"podinfo.test",
                  "description":"Failed checks threshold reached 10","phase":"Failed",
                  "weight":"20","failed_checks":"10",
                  "rule":"the last check that may fail takes the revision back",
                  "explanation":"rollback: failed check 10 of 10: success rate 78.95% < 99% (rule \
                'the last check that may fail takes the revision back')"},
                 "startsAt":"2026-07-01T10:00:00Z","endsAt":"2026-07-01T10:15:00Z"}]
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "http://am:9093,                http://am:9093/api/v2/alerts",
    "http://am:9093/,               http://am:9093/api/v2/alerts",
    "http://am/am/,                 http://am/am/api/v2/alerts",
    "http://am:9093/api/v2/alerts,  http://am:9093/api/v2/alerts"
  })
  void alertmanagersAddressMayBeThatOfTheServer(String address, String posted) {
    assertThat(message(failed(), channel("alertmanager", address)).address())
        .isEqualTo(URI.create(posted));
  }

  @Test
  void alertmanagersTokenIsABearer() {
    assertThat(message(failed(), secret("alertmanager", "http://am", "t")).headers())
        .isEqualTo(Map.of("Authorization", "Bearer t"));
  }

  @Test
  void webhook() {
    assertThat(message(failed(), channel("webhook", "https://host/x")).body())
        .isEqualTo(
            json(
                """
                {"specVersion":"1","severity":"error","reason":"FailedChecksThreshold",
                 "message":"Failed checks threshold reached 10","timestamp":"2026-07-01T10:00:00Z",
                 "cluster":"prod","rule":"the last check that may fail takes the revision back",
                 "explanation":"rollback: failed check 10 of 10: success rate 78.95% < 99% (rule \
                'the last check that may fail takes the revision back')",
                 "canary":{"apiVersion":"flagger.app/v1beta1","kind":"Canary","name":"podinfo",
                  "namespace":"test","phase":"Failed","failedChecks":10,"canaryWeight":20,
                  "checksum":"85d557f47b"},
                 "target":{"kind":"Deployment","name":"podinfo"},
                 "fields":[{"name":"Cluster","value":"prod"}]}
                """));
  }

  /** Checked against {@code openssl dgst -sha256 -hmac key} of the same body. */
  @Test
  void aWebhooksTokenSignsTheBody() {
    Message signed = message(bare(AlertSeverity.INFO), secret("webhook", "https://host/x", "key"));

    assertThat(signed.headers())
        .isEqualTo(
            Map.of(
                "X-Signature",
                "sha256=b0a39e6f4622a6176f066d15b1e94f08a3dbcff46aeffe434befff412ad5e167"));
    assertThat(message(bare(AlertSeverity.INFO), channel("webhook", "https://host/x")).headers())
        .isEmpty();
  }

  @Test
  void detailsAreShownAndEmptyOnesAreNot() {
    Message message = message(detailed(), channel("webhook", "https://host/x"));

    assertThat(tree(message).path("fields").toString())
        .isEqualTo("[{\"name\":\"Target\",\"value\":\"Deployment/podinfo.test\"}]");
  }

  private static Message message(Alert alert, Channel channel) {
    Receiver receiver = Objects.requireNonNull(Receivers.find(channel.type()));
    return receiver.message(alert, channel, URI.create(channel.address()));
  }

  private static JsonNode tree(Message message) {
    return JsonMapper.shared().readTree(message.body());
  }

  /** The same without blanks between its parts; the order of fields stays. */
  private static String json(String text) {
    return JsonMapper.shared().readTree(text).toString();
  }
}
