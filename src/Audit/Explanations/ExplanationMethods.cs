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

    /// <summary>What auto chooses from, in this order.</summary>
    public static IReadOnlyList<string> Automatic { get; } = [Linear, Tree, Exact, Kernel];

    /// <summary>The methods that run today, auto first.</summary>
    public static IReadOnlyList<string> Available { get; } = [Auto, .. AttributionMethods.All.Select(method => method.Name)];

    /// <summary>The methods that follow a network's gradients, which no graph can give yet.</summary>
    public static IReadOnlyList<string> Gradients { get; } = ["saliency", "integrated-gradients", "expected-gradients", "occlusion"];

    /// <summary>The budget where none is given: 2,048 coalitions, 8 a player beyond 256 players.</summary>
    public static int DefaultSamples(int players) => Math.Max(2048, 8 * players);

    /// <summary>The name, if there is such a method.</summary>
    /// <exception cref="InputException">There is none, or it is not offered for any graph yet.</exception>
    public static string Checked(string name) =>
        Available.Contains(name) ? name
        : throw new InputException(Gradients.Contains(name)
            ? $"The method '{name}' is not offered for this graph yet; available are {string.Join(", ", Available)}."
            : $"There is no method '{name}'; available are {string.Join(", ", Available)}.");
}
