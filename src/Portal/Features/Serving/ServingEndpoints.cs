using Governance.Audit.Serving;
using Governance.Portal.Features.Models;
using Governance.Portal.Security;
using Governance.Registry.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Governance.Portal.Features.Serving;

/// <summary>What serving measured, for programs: of the versions whose models whoever asks may see.</summary>
internal static class ServingEndpoints
{
    /// <summary>Maps <c>/api/v1/serving</c>.</summary>
    public static void MapServing(this IEndpointRouteBuilder routes) =>
        routes.MapApi().MapGet("/serving", ReadAsync).RequireScope(TokenScope.Read, checksModels: true).WithName("ReadServing").WithTags("Serving").Produces<ServingView>();

    internal static async Task<Ok<ServingView>> ReadAsync(HttpContext http, ReadModels models, ServingMeters meters)
    {
        HashSet<string> seen = [.. (await models.ListAsync(http.User, http.RequestAborted)).Rows
            .Where(row => !row.NameOnly && (!http.User.IsToken() || http.User.MayUse(row.Model.Name))).Select(row => row.Model.Name)];
        return TypedResults.Ok(new ServingView(
            "governance/serving/1", [.. meters.All.Where(entry => seen.Contains(entry.Meter.Model)).Select(entry => ServedView.Of(entry.Meter))]));
    }
}

/// <summary>What serving measured since the process began.</summary>
internal sealed record ServingView(string Schema, IReadOnlyList<ServedView> Versions);

/// <summary>One version's measurements; durations in milliseconds, null where nothing was measured.</summary>
internal sealed record ServedView(
    string Model, int Version, long Requests, double RowsPerSecond, TimesView Total, TimesView LastFiveMinutes, TimesView Remembered,
    IReadOnlyDictionary<string, TimesView> Stages, double? BatchRowsMean, double? BatchRowsP95, long CacheHits, long CacheMisses, long Refused, long Faults,
    double? LoadMilliseconds, long? MemoryBytes, long Loads, long Evictions, string? Provider, IReadOnlyList<int> BatchSizes)
{
    /// <summary>The view of a version.</summary>
    public static ServedView Of(ServingMeter meter) => new(
        meter.Model, meter.Version, meter.Requests, meter.RowsPerSecond, TimesView.Of(meter.Total), TimesView.Of(meter.Recent.Merged), TimesView.Of(meter.Remembered),
        ServingMeter.Stages.ToDictionary(stage => stage.ToString().ToLowerInvariant(), stage => TimesView.Of(meter.TimesOf(stage))),
        Known(meter.Batches.Mean), Known(meter.Batches.Quantile(0.95)), meter.Hits, meter.Misses, meter.Refused, meter.Faults,
        meter.LoadTime?.TotalMilliseconds, meter.Memory, meter.Loads, meter.Evictions, meter.Provider, meter.Form?.Sizes ?? []);

    private static double? Known(double value) => double.IsNaN(value) ? null : value;
}

/// <summary>Durations in milliseconds.</summary>
internal sealed record TimesView(long Count, double? Mean, double? P50, double? P95, double? P99, double? Most, double SumMilliseconds)
{
    /// <summary>The view of a histogram.</summary>
    public static TimesView Of(LatencyHistogram times) => new(
        times.Count, Milliseconds(times.Mean), Milliseconds(times.Quantile(0.5)), Milliseconds(times.Quantile(0.95)), Milliseconds(times.Quantile(0.99)),
        times.Count == 0 ? null : times.Most / 1_000.0, times.Sum / 1_000.0);

    private static double? Milliseconds(double micros) => double.IsNaN(micros) ? null : micros / 1_000;
}
