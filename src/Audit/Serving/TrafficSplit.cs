using System.Buffers.Binary;
using Governance.Registry.Access;
using Governance.Registry.Deployments;

namespace Governance.Audit.Serving;

/// <summary>Which deployment answers a request, and which get a copy of it. Pure.</summary>
/// <remarks>
/// Challengers take their shares from the front of [0, 1), in the order in which they were deployed; the rest is the champion's. A
/// request stands at a point that follows from a keyed hash of its id, so that it comes to the same deployment again.
/// </remarks>
public static class TrafficSplit
{
    /// <summary>The environment that counts where several live and none is named.</summary>
    public const string Usual = "production";

    /// <summary>The point of a request.</summary>
    /// <param name="digest">At least 8 bytes of a keyed hash of its id.</param>
    /// <returns>In [0, 1).</returns>
    public static double Point(ReadOnlySpan<byte> digest) => (BinaryPrimitives.ReadUInt64BigEndian(digest) >> 11) / (double)(1UL << 53);

    /// <summary>The environment of a request.</summary>
    /// <param name="live">What of the model is deployed.</param>
    /// <param name="named">Which the client names; null for none.</param>
    /// <param name="environment">The environment, where there is one.</param>
    /// <returns>Why there is none; null where there is.</returns>
    public static Refusal? Environment(IReadOnlyList<DeploymentView> live, string? named, out string? environment)
    {
        string[] all = [.. live.Where(view => view.Deployment.Role.Answers()).Select(view => view.Deployment.Environment).Distinct().Order(StringComparer.Ordinal)];
        environment = named is not null ? Array.Find(all, each => each == named) : all is [string only] ? only : Array.Find(all, each => each == Usual);
        return environment is not null ? null : new Refusal("not-deployed", all.Length == 0
            ? "No version of this model is deployed here, so name one: /versions/N behind the model's name."
            : named is not null ? $"No version of this model is deployed in '{named}'; it is in {string.Join(", ", all)}."
            : $"Versions of this model are deployed in {string.Join(", ", all)}: name one as the parameter 'environment'.");
    }

    /// <summary>The deployment that answers.</summary>
    /// <param name="live">What of the model is deployed, in one environment.</param>
    /// <param name="point">In [0, 1).</param>
    /// <returns>Null where only challengers live and the point lies behind their shares.</returns>
    public static DeploymentView? Answering(IEnumerable<DeploymentView> live, double point)
    {
        DeploymentView? champion = null;
        double upTo = 0;
        foreach (DeploymentView view in InOrder(live))
        {
            if (view.Deployment.Role == DeploymentRole.Challenger)
            {
                upTo += view.Deployment.Share;
                if (point < upTo)
                {
                    return view;
                }
            }

            champion = view.Deployment.Role == DeploymentRole.Champion ? view : champion;
        }

        return champion;
    }

    /// <summary>The deployments that get a copy: shadows whose share the point lies in.</summary>
    public static IReadOnlyList<DeploymentView> Shadows(IEnumerable<DeploymentView> live, double point) =>
        [.. InOrder(live).Where(view => view.Deployment.Role == DeploymentRole.Shadow && point < view.Deployment.Share)];

    private static IEnumerable<DeploymentView> InOrder(IEnumerable<DeploymentView> live) =>
        live.OrderBy(view => view.Deployment.DeployedAt).ThenBy(view => view.Deployment.Id.Value);
}
