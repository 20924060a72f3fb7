# The page for self-hosting behind a proxy. Build: docker build -t clean-slate-atlas .   Run: docker run -p 127.0.0.1:7860:7860 clean-slate-atlas
# The index is built into the image; at run time nothing is downloaded and nothing is written but temporary files.
FROM python:3.11-slim AS built
WORKDIR /atlas
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN python -m venv /venv \
 && /venv/bin/pip install "$(grep '^torch==' requirements.lock)" --index-url https://download.pytorch.org/whl/cpu \
 && /venv/bin/pip install -r requirements.lock
COPY corpus corpus
COPY indexer indexer
COPY app app
RUN /venv/bin/pip install --no-deps --no-build-isolation -e . 2>/dev/null || /venv/bin/pip install --no-deps -e .
RUN /venv/bin/python -m indexer build

FROM python:3.11-slim
COPY --from=built /venv /venv
COPY --from=built /atlas /atlas
WORKDIR /atlas
RUN useradd --no-create-home --shell /usr/sbin/nologin atlas && mkdir -p /tmp/atlas && chown atlas /tmp/atlas
USER atlas
ENV HOME=/tmp/atlas TMPDIR=/tmp/atlas HF_HUB_OFFLINE=1 GRADIO_ANALYTICS_ENABLED=False
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["/venv/bin/python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:7860/', timeout=4)"]
CMD ["/venv/bin/python", "-m", "app", "serve", "--host", "0.0.0.0", "--port", "7860"]
