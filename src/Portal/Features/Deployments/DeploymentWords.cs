using System.Globalization;
using Governance.Registry.Deployments;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Deployments;

/// <summary>Deployments as people read them.</summary>
internal static class DeploymentWords
{
    /// <summary>"1 Mar 2026 06:00", UTC.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"90 %".</summary>
    public static string Share(double share) => share.ToString("0.## %", CultureInfo.InvariantCulture);

    /// <summary>How it stands: live, planned, ended, or stopped by its version's stage, which an outside server does not obey.</summary>
    public static string State(DeploymentView view, DateTimeOffset now) => view.To is DateTimeOffset to ? $"ended {Time(to)}"
        : view.Deployment.From > now ? $"begins {Time(view.Deployment.From)}"
        : view.Stage.IsApproved() ? "live"
        : view.Deployment.Role == DeploymentRole.Outside ? $"answers outside, though the version is {view.Stage.InWords()}"
        : $"stopped: the version is {view.Stage.InWords()}";
}
