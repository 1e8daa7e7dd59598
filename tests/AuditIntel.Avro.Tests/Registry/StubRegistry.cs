using System.Net;
using System.Text;

namespace AuditIntel.Avro.Tests.Registry;

/// <summary>Answers as a registry would, in order; counts what it was asked.</summary>
internal sealed class StubRegistry : HttpMessageHandler
{
    private readonly Queue<(HttpStatusCode Status, string Body)> _answers = [];

    public List<(string Line, string? Body, string? Authorization)> Requests { get; } = [];

    public StubRegistry Then(HttpStatusCode status, string body)
    {
        _answers.Enqueue((status, body));
        return this;
    }

    public StubRegistry Then(string body) => Then(HttpStatusCode.OK, body);

    public SchemaRegistryClient Client(string address = "http://registry.test:8081", TimeProvider? clock = null) =>
        new(new Uri(address), new HttpClient(this), clock);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string? body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add(($"{request.Method} {request.RequestUri!.AbsoluteUri}", body, request.Headers.Authorization?.ToString()));
        if (!_answers.TryDequeue(out (HttpStatusCode Status, string Body) answer))
        {
            throw new HttpRequestException("Connection refused");
        }

        return new HttpResponseMessage(answer.Status) { Content = new StringContent(answer.Body, Encoding.UTF8, "application/json") };
    }
}
