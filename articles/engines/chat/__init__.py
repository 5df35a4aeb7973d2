from articles.engines.chat.engine import ChatEngine

__all__ = ["ChatEngine"]
