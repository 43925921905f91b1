# syntax=docker/dockerfile:1

# Builds the browser app and the server with the same command as everywhere.
FROM rust:1.95-bookworm AS build
WORKDIR /src
ENV CARGO_TARGET_DIR=/build/target \
    EBENEZER_TOOLS=/build/tools
COPY . .
RUN --mount=type=cache,target=/build \
    --mount=type=cache,target=/usr/local/cargo/registry \
    cargo xtask spa \
    && cargo build --release --locked --package ebenezer --features embed-spa \
    && install -D /build/target/release/ebenezer /out/ebenezer

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates curl tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /var/lib/ebenezer ebenezer
COPY --from=build /out/ebenezer /usr/local/bin/ebenezer
USER ebenezer
# Everything relative (data/, uploads, backups) lies here: mount a volume.
WORKDIR /var/lib/ebenezer
ENV BIND_ADDRESS=0.0.0.0:8080 \
    DEBUG=false \
    LOG_FORMAT=json
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD curl --fail --silent --output /dev/null http://127.0.0.1:8080/health/live || exit 1
ENTRYPOINT ["ebenezer"]
CMD ["serve"]
