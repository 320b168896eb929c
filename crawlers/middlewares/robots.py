"""robots.txt as RFC 9309 reads it, also where a host does not give it out."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response


class Robots(RobotsTxtMiddleware):
    """Scrapy's own reads any answer as rules; here none (4xx) allows all and a server error (5xx) forbids all."""

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            response = response.replace(body=b"User-agent: *\nDisallow: /\n")
        elif response.status >= 400:
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)
