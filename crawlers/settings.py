"""Scrapy's settings: who we are, how politely we ask, and the order of what happens to an answer."""

from __future__ import annotations

from importlib.metadata import version

from distillwatch.config import USER_AGENT as _AGENT

BOT_NAME = "distillwatch"
SPIDER_MODULES = ["distillwatch.crawlers.spiders"]
USER_AGENT = _AGENT.format(version=version("distillwatch"))

# No port is opened: one of them runs any code that is sent to it.
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False

# The web and nothing else: no address in a list or a redirect leads to a file of ours.
DOWNLOAD_HANDLERS = dict.fromkeys(("file", "data", "ftp", "s3"))

# Politeness.
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS = 4  # of one source; few enough that little waits in line when its host asks us to stop
CONCURRENT_REQUESTS_PER_DOMAIN = 2
CONCURRENT_ITEMS = 1  # an answer gives one item; Scrapy starts a task for each of its 100 otherwise
DOWNLOAD_DELAY = 1.0  # seconds between two requests to one host
DOWNLOAD_DELAY_JITTER = 0.5
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
REFERRER_POLICY = "no-referrer"
COOKIES_ENABLED = False  # nothing is remembered about us from one request to the next

# Limits: what one page, one host or one source may cost.
DOWNLOAD_TIMEOUT = 30  # seconds
DOWNLOAD_MAXSIZE = 10_000_000  # bytes, also after decompression
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 5
RETRY_TIMES = 2
CLOSESPIDER_TIMEOUT = 3600  # seconds for one source
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # in the order of the list: the newest first
WARN_ON_GENERATOR_RETURN_VALUE = False  # it would read the source of each callback again for each answer

# What would only cost time: nothing is filtered by host, depth or length (the spiders do that and count it), no answer
# is kept from its spider, and no password is known.
SPIDER_MIDDLEWARES = dict.fromkeys(
    (
        "scrapy.spidermiddlewares.start.StartSpiderMiddleware",
        "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware",
        "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware",
        "scrapy.spidermiddlewares.depth.DepthMiddleware",
        "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware",
    )
)
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "distillwatch.crawlers.middlewares.private_networks.PrivateNetworks": 50,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "distillwatch.crawlers.middlewares.robots.Robots": 100,
    "distillwatch.crawlers.middlewares.conditional.Conditional": 450,
    "distillwatch.crawlers.middlewares.keys.Keys": 460,
    "distillwatch.crawlers.middlewares.patience.Patience": 560,  # sees an answer before Scrapy's retry at 550
    "distillwatch.crawlers.middlewares.loopback_proxy.LoopbackProxy": 740,  # before Scrapy's own proxy setting at 750
}
ITEM_PIPELINES = {
    "distillwatch.crawlers.pipelines.archive.ArchivePipeline": 100,
    "distillwatch.crawlers.pipelines.refusals.RefusalsPipeline": 200,
    "distillwatch.crawlers.pipelines.parsing.ParsingPipeline": 300,
    "distillwatch.crawlers.pipelines.relevance.RelevancePipeline": 400,
    "distillwatch.crawlers.pipelines.storing.StoringPipeline": 500,
}
LOG_LEVEL = "WARNING"
