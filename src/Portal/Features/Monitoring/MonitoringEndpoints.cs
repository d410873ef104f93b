using System.Text;
using Governance.Audit.Data;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Monitors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Governance.Portal.Features.Monitoring;

/// <summary>The readings of a monitoring page as a file.</summary>
internal static class MonitoringEndpoints
{
    /// <summary>Maps the download.</summary>
    public static void MapMonitoring(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/deployments/{id:guid}/monitoring.csv", DownloadAsync).WithName("DownloadReadings").RequireAuthorization();

    internal static async Task<Results<FileContentHttpResult, NotFound>> DownloadAsync(
        Guid id, string? cohort, int? days, HttpContext http, DeploymentQueries deployments, ReadMonitoring read, ShowReadings show)
    {
        if (await deployments.FindAsync(http.User.Id(), new DeploymentId(id), http.RequestAborted) is not (_, Standing standing))
        {
            return TypedResults.NotFound();
        }

        IReadOnlyList<MonitorReading> readings = await show.RunAsync(
            standing, new DeploymentId(id), await read.SpanAsync(new DeploymentId(id), new MonitoringWish(null, null, cohort, days), http.RequestAborted), http.RequestAborted);
        using StringWriter text = new();
        CsvWriter csv = new(text);
        csv.Row("window_from", "window_to", "monitor", "kind", "metric", "column", "cohort", "attribute", "rows", "value", "low", "high", "reference", "noise_floor",
            "p_value", "adjusted_p", "level", "verdict", "sentence");
        foreach (MonitorReading reading in readings.Where(each => string.IsNullOrEmpty(cohort) || each.Cohort == cohort))
        {
            csv.Row(
                MonitoringLink.Text(reading.WindowFrom), MonitoringLink.Text(reading.WindowTo), reading.Monitor, reading.Kind, reading.Metric, reading.Column,
                reading.Cohort, reading.Attribute, CsvWriter.Number(reading.Rows), Number(reading.Value), Number(reading.Low), Number(reading.High),
                Number(reading.NoiseFloor is null ? reading.Reference : null), Number(reading.NoiseFloor),
                Number(reading.PValue), Number(reading.Adjusted), CsvWriter.Number(reading.Threshold), reading.Verdict.ToString(), reading.Sentence);
        }

        return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv", $"monitoring-{id}.csv");
    }

    private static string Number(double? value) => value is double number ? CsvWriter.Number(number) : "";
}
