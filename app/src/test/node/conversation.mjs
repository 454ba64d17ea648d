// Talks to the base URL given as the only argument and prints what came back, one JSON value a line.
import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic({ apiKey: 'sk-ant-api03-node-conversation', baseURL: process.argv[2], maxRetries: 0 });
const heard = (value) => console.log(JSON.stringify(value));

const question = (model, more = {}) => ({
  model,
  max_tokens: 200,
  metadata: { user_id: 'node-user' },
  messages: [{ role: 'user', content: 'What is the answer?' }],
  ...more,
});
const tools = {
  tools: [
    { name: 'get_weather', input_schema: { type: 'object', properties: { city: { type: 'string' } } } },
    { type: 'web_search_20250305', name: 'web_search' },
  ],
  tool_choice: { type: 'any' },
  thinking: { type: 'adaptive' },
};
const cached = {
  system: [
    { type: 'text', text: 'Answer like an accountant. '.repeat(80), cache_control: { type: 'ephemeral', ttl: '5m' } },
  ],
};

heard(await client.messages.create(question('claude-haiku-4-5')));
heard(await client.messages.create(question('claude-opus-5-5', cached)));
heard(await client.messages.stream(question('claude-opus-5-5', cached)).finalMessage());
heard(await client.messages.stream(question('claude-fable-5-2', tools)).finalMessage());
for await (const event of await client.messages.create(question('claude-sonnet-5-5', { stream: true }))) {
  heard(event);
}
heard(await client.beta.messages.stream(question('claude-opus-5-5', { speed: 'fast' })).finalMessage());

const { data, response } = await client.messages.create(question('claude-haiku-5-5')).withResponse();
heard(data);
heard(response.headers.get('request-id'));

heard(await client.messages.countTokens({ model: 'claude-opus-5-5', messages: question('x').messages }));
heard((await client.models.list()).data.map((model) => model.id));
for (const fault of ['status=529', 'status=429', 'error_event_after=3']) {
  try {
    const headers = { 'x-simulator-fault': fault };
    heard(await client.messages.stream(question('claude-opus-5-5'), { headers }).finalMessage());
  } catch (error) {
    heard([error.constructor.name, error.status ?? null, error.error ?? null, error.requestID ?? null]);
  }
}
