package dev.requorum.fabric8.controlplane;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;

/** Lets somebody else act between a client's read and its write. */
record Overtaking(Runnable somebodyElse) implements Interceptor {

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if ("PATCH".equals(request.method()) || "DELETE".equals(request.method())) {
      somebodyElse.run();
    }
  }
}
