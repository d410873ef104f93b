using Governance.Audit.Data;
using Governance.Audit.Explanations.Linear;
using Governance.Audit.Explanations.Paths;
using Governance.Audit.Explanations.Sampling;
using Governance.Audit.Explanations.Trees;

namespace Governance.Audit.Explanations.Methods;

/// <summary>All methods, and which one a task gets.</summary>
public static class AttributionMethods
{
    /// <summary>Up to this many players, auto enumerates whatever it costs: 2^12 coalitions are two kernel budgets.</summary>
    public const int MostEnumerated = 12;

    /// <summary>Beyond <see cref="MostEnumerated"/> players, auto enumerates where the estimate stays under this, in seconds.</summary>
    public const double EnumerationSeconds = 60;

    /// <summary>The methods, in the order in which auto asks them; of those that it may take the last takes any model.</summary>
    public static IReadOnlyList<IAttributionMethod> All { get; } =
    [
        new LinearMethod(),
        new TreeMethod(),
        new TreePathMethod(),
        new ExactMethod(),
        new PermutationMethod(),
        new OwenMethod(),
        new KernelMethod(),
        new OcclusionMethod(),
        new SlopeMethod(ExplanationMethods.Saliency, smooth: false),
        new SlopeMethod(ExplanationMethods.SmoothGrad, smooth: true),
        new PathMethod(ExplanationMethods.IntegratedGradients, many: false),
        new PathMethod(ExplanationMethods.ExpectedGradients, many: true),
    ];

    /// <summary>The method of that name, or null.</summary>
    public static IAttributionMethod? Find(string name) => All.FirstOrDefault(method => method.Name == name);

    /// <summary>Settles the method of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="cancellationToken">Ends the calibration.</param>
    /// <exception cref="InputException">The method asked for does not exist or cannot do the task, or none can.</exception>
    public static ChosenMethod Choose(AttributionTask task, CancellationToken cancellationToken)
    {
        string name = ExplanationMethods.Checked(task.Request.Method);
        if (name != ExplanationMethods.Auto)
        {
            IAttributionMethod asked = Find(name)!;
            MethodSupport support = asked.Supports(task);
            return support.Supported ? new ChosenMethod(asked, null) : throw new InputException(support.Reason);
        }

        MethodSupport? last = null;
        foreach (IAttributionMethod method in All.Where(method => ExplanationMethods.Automatic.Contains(method.Name)))
        {
            last = method.Supports(task);
            string? reason = !last.Supported ? null
                : method.Name == ExplanationMethods.Exact ? Affordable(method, task, last.Reason, cancellationToken)
                : last.Reason;
            if (reason is not null)
            {
                return new ChosenMethod(method, reason);
            }
        }

        throw new InputException(last!.Reason);
    }

    // In evidence the choice must not depend on how fast the machine was, so only the number of players counts.
    private static string? Affordable(IAttributionMethod exact, AttributionTask task, string reason, CancellationToken cancellationToken)
    {
        if (task.Players.Count <= MostEnumerated)
        {
            return reason;
        }

        if (task.Request.Deterministic)
        {
            return null;
        }

        double seconds = exact.Estimate(task, cancellationToken).Seconds;
        double most = Math.Min(EnumerationSeconds, task.Request.TimeLimit?.TotalSeconds / 2 ?? EnumerationSeconds);
        return seconds < most
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{reason} That takes about {Math.Max(seconds, 0.1):0.0} s, by an estimate from a few batches.")
            : null;
    }
}

/// <summary>A settled method.</summary>
/// <param name="Method">The method.</param>
/// <param name="Reason">Why it was taken, in sentences; null where it was asked for by name.</param>
public sealed record ChosenMethod(IAttributionMethod Method, string? Reason);
