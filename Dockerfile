# yoyak for archives: the base install with Parquet and Ray, without torch.
# docker build -t yoyak . && docker run --rm -v "$PWD:/work" yoyak summarize articles/ -o out/
FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/yoyak
COPY constraints.txt ./
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY pipeline pipeline
COPY configs configs
COPY models models
RUN /opt/yoyak/bin/python -m pip install --no-cache-dir --upgrade pip \
 && /opt/yoyak/bin/pip install --no-cache-dir --constraint constraints.txt '.[hwp,parquet,pdf,ray]'

FROM python:3.11-slim
COPY --from=build /opt/yoyak /opt/yoyak
# Ray and Kiwi write nowhere but here.
RUN useradd --create-home yoyak
USER yoyak
WORKDIR /work
ENV PATH=/opt/yoyak/bin:$PATH PYTHONUTF8=1 RAY_USAGE_STATS_ENABLED=0
ENTRYPOINT ["yoyak"]
CMD ["--help"]
