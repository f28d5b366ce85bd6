# The operator's image, for those who have Docker, Podman or Buildah: docker build -t requorum/operator:0.1.0-SNAPSHOT .
# `make image` makes the same one without them; docs/decisions/0008-image.md.

# Any image with a JDK (17 or newer), glibc and a shell.
ARG JDK_IMAGE=docker.io/library/eclipse-temurin:17-jdk
FROM ${JDK_IMAGE} AS build
WORKDIR /src
COPY . .
RUN ./mvnw -q -pl operator-app -am package -DskipTests \
    && scripts/image/root.sh /image

FROM scratch
COPY --from=build /image/ /
COPY --from=build /src/operator-app/target/lib/ /app/libs/
COPY --from=build /src/operator-app/target/operator-app-*.jar /app/classpath/
COPY operator-app/src/main/image/ /app/
USER 65532:65532
ENTRYPOINT ["/opt/java/bin/java", "@/app/jvm.options", "dev.requorum.operator.OperatorMain"]
