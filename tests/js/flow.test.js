import assert from "node:assert/strict";
import { test } from "node:test";
import { Ahead } from "../../static/editor/sync/ahead.js";
import { ApiError } from "../../static/editor/sync/api.js";
import { Flow } from "../../static/editor/sync/flow.js";
import { Sitting } from "../../static/editor/sync/sitting.js";

/** An Ahead with a server that gives the articles of `ids` one after another, then none. @param {number[]} ids */
function makeAhead(ids) {
  const clock = { now: 0 };
  const asked = /** @type {unknown[]} */ ([]);
  const api = {
    post: async (/** @type {string} */ _url, /** @type {unknown} */ body) => {
      asked.push(body);
      const id = ids.shift();
      if (id === -1) throw new Error("offline");
      return id ? { id } : null;
    },
    get: async (/** @type {string} */ url) => ({ url }),
  };
  const boot = { article: { id: 7 }, urls: { next: "/next/", data: "/articles/{id}/editor/" } };
  const parts = /** @type {any} */ ({ boot, api, now: () => clock.now });
  return { ahead: new Ahead(parts), asked, clock };
}

/** All is on the server. */
const saved = {
  flushed: async () => true,
  hasNews: async () => false,
  look: () => {},
  unsent: 0,
  refusal: "",
  version: 3,
};

test("what was fetched ahead is not asked for again", async () => {
  const { ahead, asked } = makeAhead([8, 9]);
  ahead.prepare();
  ahead.prepare();
  assert.deepEqual(await ahead.take(), { url: "/articles/8/editor/" });
  assert.deepEqual(asked, [{ after: 7 }]);
});

test("what was fetched long ago, failed or was missing is asked for again", async () => {
  const late = makeAhead([8, 9]);
  late.ahead.prepare();
  late.clock.now = 6 * 60_000;
  assert.deepEqual(await late.ahead.take(), { url: "/articles/9/editor/" });
  for (const first of [-1, 0]) {
    const { ahead } = makeAhead([first, 9]);
    ahead.prepare();
    await new Promise((resolve) => setTimeout(resolve));
    assert.deepEqual(await ahead.take(), { url: "/articles/9/editor/" });
  }
});

test("nothing left is null, and a failure is thrown to whoever asks", async () => {
  assert.equal(await makeAhead([]).ahead.take(), null);
  await assert.rejects(makeAhead([-1]).ahead.take(), /offline/);
});

test("pauses, hidden windows and clocks that go back are no work", () => {
  let now = 0;
  const sitting = new Sitting(() => now);
  const at = (/** @type {number} */ second, /** @type {"sign" | "rest"} */ what) => {
    now = second * 1000;
    sitting[what]();
  };
  at(0, "sign");
  at(10, "sign");
  assert.equal(sitting.seconds, 10);
  at(200, "sign");
  assert.equal(sitting.seconds, 10);
  at(205, "rest");
  at(240, "sign");
  at(250, "sign");
  assert.equal(sitting.seconds, 25);
  at(100, "sign");
  at(101, "sign");
  assert.equal(sitting.seconds, 26);
});

test("who accepted what was wrong on purpose stays to be told, once", async () => {
  for (const [told, goes] of /** @type {const} */ ([
    [0, "again"],
    [1, "open"],
  ])) {
    const went = /** @type {string[]} */ ([]);
    const boot = {
      mode: "annotate",
      layer: { editable: true },
      claim: { flagged: false },
      queue: { done_today: 0 },
      urls: { submit: "/submit/" },
      planted: Array(told).fill({}),
    };
    const flow = new Flow(
      /** @type {any} */ ({
        boot,
        api: { post: async () => ({ status: "submitted", planted: [{}] }) },
        sync: saved,
        ahead: { take: async () => ({ queue: { done_today: 0 } }) },
        tell: () => {},
        open: async () => went.push("open"),
        again: async () => went.push("again"),
        leave: () => {},
      }),
    );
    await flow.finish();
    assert.deepEqual(went, [goes]);
  }
});

test("what other reviewers changed unseen is shown before it is made gold", async () => {
  const news = [true, false];
  const asked = /** @type {unknown[]} */ ([]);
  const told = /** @type {string[]} */ ([]);
  const boot = {
    mode: "review",
    layer: { editable: true },
    claim: { flagged: false },
    queue: { done_today: 0 },
    urls: { approve: "/approve/" },
  };
  const flow = new Flow(
    /** @type {any} */ ({
      boot,
      api: { post: async (/** @type {unknown[]} */ ...call) => asked.push(call) },
      sync: { ...saved, hasNews: async () => news.shift() },
      ahead: { take: async () => null },
      tell: (/** @type {string} */ sentence) => told.push(sentence),
    }),
  );
  await flow.finish();
  assert.deepEqual(asked, []);
  assert.match(told[0] ?? "", /Look at it, then press once more/);
  await flow.finish();
  assert.deepEqual(asked, [["/approve/", { version: 3 }]]);
});

test("what the server refuses for good is told, and left behind when asked once more", async () => {
  for (const press of /** @type {const} */ (["finish", "next"])) {
    const told = /** @type {string[]} */ ([]);
    const went = /** @type {string[]} */ ([]);
    const refusal = "Somebody else is at work on this article.";
    const sync = { ...saved, flushed: async () => false, unsent: 1, refusal };
    const boot = {
      mode: "annotate",
      layer: { editable: true },
      claim: { flagged: false },
      queue: { done_today: 0 },
      urls: {},
    };
    const flow = new Flow(
      /** @type {any} */ ({
        boot,
        sync,
        ahead: { take: async () => ({ queue: { done_today: 0 } }) },
        tell: (/** @type {string} */ sentence) => told.push(sentence),
        open: async () => went.push("open"),
      }),
    );
    await flow[press]();
    assert.deepEqual(went, []);
    assert.match(told[0] ?? "", /kept on this computer.*Somebody else is at work.*Press once more/);
    await flow[press]();
    assert.deepEqual(went, ["open"]);
    Object.assign(sync, { refusal: "" });
    await flow[press]();
    await flow[press]();
    assert.match(told.at(-1) ?? "", /when the connection is back/);
  }
});

test("an article that was taken away is told when it is handed in, and left behind when asked once more", async () => {
  for (const [status, goesOn] of /** @type {const} */ ([
    [404, true],
    [403, true],
    [409, false],
  ])) {
    const told = /** @type {string[]} */ ([]);
    const went = /** @type {string[]} */ ([]);
    const boot = {
      mode: "annotate",
      layer: { editable: true },
      claim: { flagged: false },
      queue: { done_today: 0 },
      urls: { submit: "/submit/" },
    };
    const flow = new Flow(
      /** @type {any} */ ({
        boot,
        api: { post: () => Promise.reject(new ApiError(status, "Not now.")) },
        sync: saved,
        ahead: { take: async () => ({ queue: { done_today: 0 } }) },
        tell: (/** @type {string} */ sentence) => told.push(sentence),
        open: async () => went.push("open"),
      }),
    );
    await flow.finish();
    assert.deepEqual(went, []);
    assert.match(told[0] ?? "", status === 404 ? /Ask a manager\. Press once more/ : /Not now\./);
    await flow.finish();
    assert.deepEqual(went, goesOn ? ["open"] : []);
  }
});

test("what is sent back leads on, and what was approved stays to be mended", async () => {
  for (const [editable, goes] of /** @type {const} */ ([
    [true, "open"],
    [false, "again"],
  ])) {
    const went = /** @type {string[]} */ ([]);
    const flow = new Flow(
      /** @type {any} */ ({
        boot: {
          mode: "review",
          layer: { editable },
          claim: { flagged: false },
          queue: { done_today: 0 },
          urls: { reopen: "/reopen/" },
        },
        api: { post: async () => ({ status: "in_review" }) },
        sync: { flushed: async () => true, unsent: 0, refusal: "" },
        ahead: { take: async () => ({ queue: { done_today: 0 } }) },
        tell: () => {},
        open: async () => went.push("open"),
        again: async () => went.push("again"),
      }),
    );
    await flow.reopen("");
    assert.deepEqual(went, [goes]);
  }
});
