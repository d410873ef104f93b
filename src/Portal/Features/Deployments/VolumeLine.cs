using System.Globalization;
using Governance.Audit.Findings;
using Governance.Registry.Deployments;
using Governance.Registry.Traffic;

namespace Governance.Portal.Features.Deployments;

/// <summary>A deployment with its rows by day.</summary>
/// <param name="View">The deployment.</param>
/// <param name="Days">Rows of each of the last thirty UTC days, today last.</param>
internal sealed record VolumeLine(DeploymentView View, IReadOnlyList<long> Days)
{
    /// <summary>How many days are shown.</summary>
    public const int Shown = 30;

    /// <summary>Rows of all days.</summary>
    public long Rows => Days.Sum();

    /// <summary>The line in words.</summary>
    public string Sentence => string.Create(
        CultureInfo.InvariantCulture, $"{PlainNumbers.Count(Rows)} rows in {Shown} days, {PlainNumbers.Count(Days[^1])} today, at most {PlainNumbers.Count(Days.Max())} a day");

    /// <summary>The first day that is shown.</summary>
    public static DateOnly First(DateOnly today) => today.AddDays(1 - Shown);

    /// <summary>Puts deployments and volumes together.</summary>
    public static IReadOnlyList<VolumeLine> Of(IReadOnlyList<DeploymentView> views, IReadOnlyList<DayVolume> volumes, DateOnly today)
    {
        Dictionary<(DeploymentId, DateOnly), long> rows = volumes.ToDictionary(volume => (volume.Deployment, volume.Day), volume => volume.Rows);
        return
        [
            .. views.Select(view => new VolumeLine(
                view, [.. Enumerable.Range(0, Shown).Select(day => rows.GetValueOrDefault((view.Deployment.Id, First(today).AddDays(day))))])),
        ];
    }
}
