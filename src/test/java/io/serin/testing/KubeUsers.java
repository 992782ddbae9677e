package io.serin.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Users with tokens. The API server reads them once, at start. */
record KubeUsers(List<User> users) {

  record User(String name, String token, List<String> groups) {
    static User of(String name, String... groups) {
      return new User(name, UUID.randomUUID().toString(), List.of(groups));
    }

    String line() {
      return "%s,%s,%s,\"%s\"".formatted(token, name, name, String.join(",", groups));
    }
  }

  KubeUsers {
    users = List.copyOf(users);
  }

  /** The administrator, the controller under test without any right yet, and onlookers. */
  static KubeUsers prepared() {
    List<User> users = new ArrayList<>();
    users.add(User.of(KubeApiServer.ADMIN, "system:masters"));
    users.add(User.of(KubeApiServer.CONTROLLER, "system:serviceaccounts"));
    for (int i = 1; i <= 5; i++) {
      users.add(User.of("observer-" + i, "observers"));
    }
    return new KubeUsers(users);
  }

  String tokenOf(String name) {
    Map<String, String> tokens =
        users.stream()
            .collect(Collectors.toMap(User::name, User::token, (a, _) -> a, LinkedHashMap::new));
    String token = tokens.get(name);
    if (token == null) {
      throw new IllegalArgumentException(
          "no user %s; there are %s".formatted(name, String.join(", ", tokens.keySet())));
    }
    return token;
  }

  /** The content of {@code --token-auth-file}. */
  String csv() {
    return users.stream().map(User::line).collect(Collectors.joining("\n", "", "\n"));
  }
}
