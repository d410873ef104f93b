using System.Globalization;
using Governance.Registry.Alerts;

namespace Governance.Portal.Features.Monitoring;

/// <summary>Addresses of windows on the monitoring pages. Pure.</summary>
internal static class MonitoringLink
{
    /// <summary>The form of a moment in an address: to the second, UTC.</summary>
    public const string Form = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Where the last window of an alert that sounded is shown.</summary>
    public static string Of(AlertView view) => view.Entry.LastLoud is AlertWindow last
        ? Of(view, last) : Of(view.Entry.Alert, view, view.Entry.Alert.WindowFrom, view.Entry.Alert.WindowTo);

    /// <summary>Where one window of an alert is shown.</summary>
    public static string Of(AlertView view, AlertWindow window) => Of(view.Entry.Alert, view, window.From, window.To);

    /// <summary>A moment in an address.</summary>
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    private static string Of(Alert alert, AlertView view, DateTimeOffset from, DateTimeOffset to) =>
        $"{(alert.Deployment is { } deployment ? $"/deployments/{deployment}/monitoring" : $"/models/{view.Model}/versions/{view.Number}/monitoring")}"
        + $"?from={Text(from)}&to={Text(to)}{(alert.Cohort is null ? "" : "&cohort=" + Uri.EscapeDataString(alert.Cohort))}#window";
}
