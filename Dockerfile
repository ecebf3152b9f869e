# The image of praxisync: built from these sources with Debian's packages, run as uid 10001 on a root that
# may be read-only. What it remembers is in the volume /var/lib/praxisync. docs/container.md says how to run it.
ARG BASE=debian:bookworm-slim

FROM ${BASE} AS build
WORKDIR /src
COPY scripts/setup scripts/setup
RUN scripts/setup build
COPY . .
ARG REVISION=""
RUN cmake --preset release -D PRAXISYNC_TESTS=OFF -D PRAXISYNC_COMMIT="${REVISION}" \
    && cmake --build --preset release --target praxisync \
    && mkdir /out && install --strip build/release/src/cli/praxisync /out/
# The packages whose libraries it is linked with.
RUN objdump -p /out/praxisync | awk '$1 == "NEEDED" {print "*/" $2}' | xargs dpkg --search | cut -d: -f1 | sort -u >/out/packages

FROM ${BASE}
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="praxisync" \
      org.opencontainers.image.description="Keeps an applicant tracking system and the Praxicraft Assess API in step" \
      org.opencontainers.image.vendor="Praxicraft" \
      org.opencontainers.image.version="${VERSION}"
COPY --from=build /out/packages /usr/share/praxisync/packages
RUN apt-get update -qq \
    && xargs apt-get install -y -qq --no-install-recommends ca-certificates tzdata </usr/share/praxisync/packages >/dev/null \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log \
    && groupadd --gid 10001 praxisync \
    && useradd --uid 10001 --gid 10001 --home-dir /var/lib/praxisync --no-create-home --shell /usr/sbin/nologin praxisync \
    && install -d -o 10001 -g 10001 -m 0750 /etc/praxisync /var/lib/praxisync
COPY --from=build /out/praxisync /usr/bin/praxisync
# Where temporary files go: the root may be read-only.
ENV TMPDIR=/var/lib/praxisync
USER 10001:10001
# praxisync.toml is looked for here.
WORKDIR /etc/praxisync
VOLUME /var/lib/praxisync
STOPSIGNAL SIGTERM
# For `serve`. A run of `sync` that is longer than a minute needs --no-healthcheck.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["praxisync", "health"]
ENTRYPOINT ["praxisync"]
CMD ["--help"]
