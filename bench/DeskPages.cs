namespace Governance.Bench;

/// <summary>The pages that the bench "desk" opens.</summary>
internal static class DeskPages
{
    /// <summary>The version of trees.</summary>
    public const string Trees = "/models/desk/versions/1/";

    /// <summary>Their paths with query.</summary>
    /// <param name="rows">Of the evaluation data.</param>
    /// <param name="explained">The evidence that explains all rows of either version.</param>
    public static IEnumerable<string> All(int rows, (Guid Trees, Guid Values) explained)
    {
        string part = "cohort=" + Uri.EscapeDataString("lvrat > 0.8 and @error = 'yes'");
        return
        [
            "/", "/models", "/models/desk", "/datasets/mortgages",
            .. new[] { "explain", "dependence", "instances" }.SelectMany(page => (string[])[$"{page}?evidence={explained.Trees}", $"{page}?evidence={explained.Trees}&{part}"]).Select(page => Trees + page),
            .. new[]
            {
                "overview", "explain", "effects", "importance", $"importance?evidence={explained.Trees}", "cases/0", $"cases/{rows - 10}", $"cases/{rows - 10}?pick=near&{part}",
                $"cases/{rows - 10}?show=change", $"cases/{rows - 10}?show=alike", $"cases/{rows - 10}?show=try", "counterfactuals", "what-if",
                "fairness", $"fairness?{part}&beside=complement", "thresholds", $"thresholds?{part}", "intersections", "flips",
                "performance", $"performance?{part}&beside=complement", "cut-offs", $"cut-offs?{part}", "error-map", "slices", "robustness",
                "evidence", $"evidence/{explained.Trees}", "history", "sign-off", "cases", "reports", "drift",
            }.Select(page => Trees + page),
            .. new[] { $"explain?evidence={explained.Values}", $"dependence?evidence={explained.Values}", "performance", "residuals" }.Select(page => "/models/desk-value/versions/1/" + page),
            "/models/desk/comparisons?a=desk%2F1&b=desk%2F2&data=mortgages&go=1", "/models/desk/comparisons?a=desk%2F1&b=desk%2F2&data=mortgages&interval=bootstrap&go=1",
        ];
    }
}
