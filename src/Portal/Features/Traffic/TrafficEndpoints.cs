using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Traffic;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Storage;
using Governance.Registry.Tokens;
using Microsoft.AspNetCore.Mvc;

namespace Governance.Portal.Features.Traffic;

/// <summary>Programs send rows and labels of a deployment. The same batch again counts once and gets the first answer again.</summary>
internal static class TrafficEndpoints
{
    /// <summary>The schema of the answers.</summary>
    public const string Schema = "governance/traffic/1";

    /// <summary>The header by which a sender names a batch.</summary>
    public const string KeyHeader = "Idempotency-Key";

    private const int MostKey = 200;

    /// <summary>Maps <c>/api/v1/deployments</c> with <c>traffic</c>, <c>labels</c> and <c>events</c>.</summary>
    public static void MapTraffic(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder deployments = routes.MapApi().MapGroup("/deployments").WithTags("Traffic");
        deployments.MapGet("/", ListAsync).RequireScope(TokenScope.Ingest, checksModels: true).WithName("ListDeployments").Produces<DeploymentAnswer[]>();
        foreach ((string path, string name, Delegate handler) in ((string, string, Delegate)[])
        [
            ("/{id:guid}/traffic", "SendTraffic", RowsAsync), ("/{id:guid}/labels", "SendLabels", LabelsAsync),
            ("/{id:guid}/events", "SendEvent", EventEndpoint.RunAsync),
        ])
        {
            deployments.MapPost(path, handler).RequireScope(TokenScope.Ingest, checksModels: true).WithName(name)
                .WithMetadata(new RequestSizeLimitAttribute(IngestLimit.MostBody))
                .Produces<TrafficAnswer>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
                .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
                .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
                .DisableRequestTimeout();
        }
    }

    internal static async Task<IResult> ListAsync(HttpContext http, DeploymentQueries deployments) => TypedResults.Ok(
        (await deployments.VisibleToAsync(http.User.Id(), null, http.RequestAborted)).Where(view => http.User.MayUse(view.Model)).Select(DeploymentAnswer.Of).ToArray());

    internal static Task<IResult> RowsAsync(
        Guid id, [AsParameters] NamesQuery names, HttpContext http, DeploymentQueries deployments, IngestFile ingest, IngestLimit limit) =>
        TakeAsync(id, http, deployments, limit, async body => TrafficAnswer.Of(
            id, await ingest.RowsAsync(new DeploymentId(id), body, names.Names, KeyOf(http), http.RequestAborted)));

    internal static Task<IResult> LabelsAsync(
        Guid id, [AsParameters] NamesQuery names, HttpContext http, DeploymentQueries deployments, IngestFile ingest, IngestLimit limit) =>
        TakeAsync(id, http, deployments, limit, async body => TrafficAnswer.Of(
            id, await ingest.LabelsAsync(new DeploymentId(id), body, names.Names, KeyOf(http), http.RequestAborted)));

    /// <summary>Judges the sender, takes the body within the limits, and puts what came of it into an answer.</summary>
    internal static async Task<IResult> TakeAsync<TAnswer>(
        Guid id, HttpContext http, DeploymentQueries deployments, IngestLimit limit, Func<ReadOnlyMemory<byte>, Task<TAnswer?>> take)
    {
        if (await deployments.FindAsync(http.User.Id(), new DeploymentId(id), http.RequestAborted) is not (DeploymentView view, Standing standing)
            || !http.User.MayUse(view.Model))
        {
            return Problems.NotFound("There is no such deployment.");
        }

        if (standing.RefusalFor(Right.Operate) is Refusal refusal)
        {
            return Problems.Of(refusal);
        }

        using IDisposable? entered = limit.TryEnter(http.Request.ContentLength);
        if (entered is null)
        {
            return Later(http, StatusCodes.Status429TooManyRequests, "busy", "Too much traffic is being taken in at the moment. Send this again after the time in Retry-After.");
        }

        try
        {
            using MemoryStream body = new((int)Math.Min(http.Request.ContentLength ?? 0, IngestLimit.MostBody));
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            TAnswer? answer = await take(body.GetBuffer().AsMemory(0, (int)body.Length));
            return answer is null
                ? Later(http, StatusCodes.Status503ServiceUnavailable, "busy", "Too many events wait to be written. Send this again after the time in Retry-After.")
                : TypedResults.Ok(answer);
        }
        catch (InputException fault)
        {
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, "bad-batch", fault.Message);
        }
        catch (Exception fault) when ((StorageFault.SentenceOf(fault) ?? DatabaseFault.SentenceOf(fault)) is string sentence)
        {
            return Later(http, StatusCodes.Status503ServiceUnavailable, "store-unavailable", sentence);
        }
    }

    private static IResult Later(HttpContext http, int status, string code, string sentence)
    {
        http.Response.Headers.RetryAfter = ((int)IngestLimit.Wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Problems.Of(status, code, sentence);
    }

    private static string? KeyOf(HttpContext http)
    {
        string? key = http.Request.Headers[KeyHeader];
        return key is { Length: > MostKey } ? throw new InputException($"A key in {KeyHeader} has at most {MostKey} characters.") : key;
    }

    /// <summary>What the columns are called, where they are not called as usual.</summary>
    internal sealed record NamesQuery(
        [FromQuery(Name = "id")] string? Row, string? Time, string? Score, string? Decision, string? Latency, string? Label, [FromQuery(Name = "known_at")] string? KnownAt)
    {
        public TrafficNames Names => new()
        {
            Id = Row, Time = Time, Score = Score, Decision = Decision, Latency = Latency, Label = Label, KnownAt = KnownAt,
        };
    }
}
