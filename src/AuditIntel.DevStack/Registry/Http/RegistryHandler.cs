using System.Diagnostics;
using System.Text.Json.Nodes;
using AuditIntel.DevStack.Observability;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace AuditIntel.DevStack.Registry.Http;

/// <summary>Answers every request: with what its route says, or with an error in the original's form.</summary>
internal sealed class RegistryHandler(RouteTable routes, RegistryMetrics metrics, ILogger logger)
{
    public async Task HandleAsync(HttpContext context)
    {
        HttpRequest http = context.Request;
        long begin = Stopwatch.GetTimestamp();
        string contentType = MediaTypes.V1;
        Answer answer;
        try
        {
            (Route route, IReadOnlyList<string> open) = routes.Find(http.Method, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
            contentType = MediaTypes.ForAnswer(http);
            answer = await route.Handle(new RegistryRequest(http, open), context.RequestAborted).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            answer = Refuse(context, e);
        }

        metrics.Answered(http.Method, context.Response.StatusCode, Stopwatch.GetElapsedTime(begin));
        context.Response.ContentType = contentType;
        context.Response.ContentLength = answer.Body.Length;
        if (http.Method != "HEAD")
        {
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted).ConfigureAwait(false);
        }
    }

    private Answer Refuse(HttpContext context, Exception exception)
    {
        RegistryException error;
        switch (exception)
        {
            case RegistryException { Status: < 500 } refusal:
                error = refusal;
                RegistryLog.Refused(logger, context.Request.Method, context.Request.Path, error.Code, error.Message);
                break;
            case RegistryException failure:
                error = failure;
                RegistryLog.StoreFailed(logger, context.Request.Method, context.Request.Path, error.Message);
                break;
            case BadHttpRequestException bad:
                error = RegistryException.Http(bad.StatusCode, bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "Request Entity Too Large" : "Bad Request");
                RegistryLog.Refused(logger, context.Request.Method, context.Request.Path, error.Code, bad.Message);
                break;
            default:
                error = RegistryException.Http(StatusCodes.Status500InternalServerError, "Internal Server Error");
                RegistryLog.RequestFailed(logger, context.Request.Method, context.Request.Path, exception);
                break;
        }

        context.Response.StatusCode = error.Status;
        return Answer.Json(new JsonObject { ["error_code"] = error.Code, ["message"] = error.Message });
    }
}
