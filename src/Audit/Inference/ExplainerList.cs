namespace Governance.Audit.Inference;

/// <summary>Which attribution methods can explain a model, and why others cannot.</summary>
internal static class ExplainerList
{
    /// <summary>All methods of the command line.</summary>
    public static IReadOnlyList<ExplainerSupport> Of(ModelSignature signature)
    {
        bool numeric = signature.Outputs.Any(output => output.Role is not (OutputRole.Label or OutputRole.Other));
        int width = signature.Inputs.Sum(input => Math.Max(input.Width, 1));
        const string Any = "It needs only the model's outputs.";
        const string Numbers = "The model gives labels only; there is no number to split among the features.";
        List<ExplainerSupport> explainers =
        [
            new("exact", numeric && width <= 20,
                !numeric ? Numbers
                : width <= 20 ? "It needs only the model's outputs; the features are few enough for all coalitions."
                : $"The model has {width} features and all coalitions are enumerated only up to 20 players; with one-hot columns or groups as players it may still do."),
            new("kernel", numeric, numeric ? Any : Numbers),
        ];
        explainers.AddRange(Array.ConvertAll(
            (string[])["permutation", "owen", "tree", "tree-path", "linear", "saliency", "integrated-gradients", "expected-gradients", "occlusion"],
            method => new ExplainerSupport(method, false, "This version of Governance does not have the method.")));
        return explainers;
    }
}
