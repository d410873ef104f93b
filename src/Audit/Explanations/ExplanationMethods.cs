using Governance.Audit.Data;
using Governance.Audit.Explanations.Methods;

namespace Governance.Audit.Explanations;

/// <summary>The methods by name.</summary>
public static class ExplanationMethods
{
    /// <summary>The method is chosen by <see cref="AttributionMethods.Choose"/>.</summary>
    public const string Auto = "auto";

    /// <summary>Closed form of a linear graph.</summary>
    public const string Linear = "linear";

    /// <summary>Interventional Tree SHAP, read from the graph.</summary>
    public const string Tree = "tree";

    /// <summary>Path-dependent Tree SHAP, read from the graph.</summary>
    public const string TreePath = "tree-path";

    /// <summary>Enumeration of all coalitions.</summary>
    public const string Exact = "exact";

    /// <summary>Regression on sampled coalitions.</summary>
    public const string Kernel = "kernel";

    /// <summary>Sampled orders of the players, each with its reverse.</summary>
    public const string Permutation = "permutation";

    /// <summary>Owen values on a hierarchy of features.</summary>
    public const string Owen = "owen";

    /// <summary>The output's slope in each feature, at the row.</summary>
    public const string Saliency = "saliency";

    /// <summary>The output's mean slope over noisy copies of the row.</summary>
    public const string SmoothGrad = "smoothgrad";

    /// <summary>The gradient along a straight path from one reference row to the row.</summary>
    public const string IntegratedGradients = "integrated-gradients";

    /// <summary>The gradient along the straight paths from all background rows to the row.</summary>
    public const string ExpectedGradients = "expected-gradients";

    /// <summary>How far the output falls when a player or a window of players becomes unknown.</summary>
    public const string Occlusion = "occlusion";

    /// <summary>What auto chooses from, in this order.</summary>
    public static IReadOnlyList<string> Automatic { get; } = [Linear, Tree, Exact, Kernel];

    /// <summary>The methods that run today, auto first.</summary>
    public static IReadOnlyList<string> Available { get; } = [Auto, .. AttributionMethods.All.Select(method => method.Name)];

    /// <summary>The methods whose values add up from the base value to the prediction: what evidence and its pictures hold.</summary>
    public static IReadOnlyList<string> Additive { get; } = [.. Available.Except([Saliency, SmoothGrad, Occlusion])];

    /// <summary>The methods that follow paths of gradients, which a number of steps bounds.</summary>
    public static IReadOnlyList<string> Paths { get; } = [IntegratedGradients, ExpectedGradients];

    /// <summary>The fewest gradients that a path may be bounded to.</summary>
    public const int LeastSteps = 8;

    /// <summary>The most.</summary>
    public const int MostSteps = 1_000_000;

    /// <summary>What stands for unknown features where nothing is said: one row for a method that compares with one, else null for all.</summary>
    public static string? DefaultReference(string method) => method == IntegratedGradients ? "mean" : null;

    /// <summary>The budget where none is given: 2,048 coalitions, 8 a player beyond 256 players.</summary>
    public static int DefaultSamples(int players) => Math.Max(2048, 8 * players);

    /// <summary>The name, if there is such a method and its values add up.</summary>
    /// <exception cref="InputException">There is none, or its values do not add up.</exception>
    public static string CheckedAdditive(string name) => Additive.Contains(Checked(name)) ? name
        : throw new InputException($"The values of the method '{name}' do not add up to the output, so an audit cannot hold them; available are {string.Join(", ", Additive)}.");

    /// <summary>The name, if there is such a method.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static string Checked(string name) =>
        Available.Contains(name) ? name
        : throw new InputException($"There is no method '{name}'; available are {string.Join(", ", Available)}.");
}
