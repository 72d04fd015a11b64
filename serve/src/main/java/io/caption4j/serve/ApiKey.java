package io.caption4j.serve;

import io.caption4j.data.Sha256;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The key that requests must have, if one is set. */
final class ApiKey {
  private static final String BEARER = "Bearer ";

  private final byte[] hash; // null for no key

  ApiKey(String key) {
    hash = key.isEmpty() ? null : hash(key);
  }

  /** Whether there is one. */
  boolean required() {
    return hash != null;
  }

  /**
   * Lets a request pass.
   *
   * @throws RequestException 401 if it has no key, or another
   */
  void check(Context context) {
    if (hash != null && !MessageDigest.isEqual(hash, hash(given(context)))) {
      throw RequestException.unauthorized();
    }
  }

  private static String given(Context context) {
    String key = context.header("X-API-Key");
    if (key != null) {
      return key;
    }
    String authorization = context.header("Authorization");
    return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).strip()
        : "";
  }

  /** Hashes have one length, so that comparing them takes one time, whatever was given. */
  private static byte[] hash(String key) {
    return Sha256.newDigest().digest(key.getBytes(StandardCharsets.UTF_8));
  }
}
