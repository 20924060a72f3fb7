# The page for self-hosting behind a proxy.
#   docker build -t clean-slate-atlas .      (add --build-arg PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu to spare the GPU packages)
#   docker run --read-only --tmpfs /tmp -p 127.0.0.1:7860:7860 clean-slate-atlas
# Environment and index are made while the image is built; at run time nothing is downloaded, and only temporary files are written.
FROM python:3.11-slim
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends make && rm -rf /var/lib/apt/lists/*
WORKDIR /atlas
ARG PIP_EXTRA_INDEX_URL
COPY . .
# The index is made in a folder that its maker alone may read; at run time another user reads it.
RUN make setup && chmod -R a+rX .index && useradd --no-create-home --shell /usr/sbin/nologin atlas
USER atlas
ENV HOME=/tmp
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=90s \
  CMD [".venv/bin/python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:7860/', timeout=4)"]
ENTRYPOINT [".venv/bin/cleanslate", "serve", "--host", "0.0.0.0"]
