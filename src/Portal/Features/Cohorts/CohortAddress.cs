namespace Governance.Portal.Features.Cohorts;

/// <summary>Addresses of a page with a cohort in it, so that a link shows the same again. Pure.</summary>
internal static class CohortAddress
{
    /// <summary>The parameter with the condition.</summary>
    public const string Cohort = "cohort";

    /// <summary>The parameter that puts something beside the cohort.</summary>
    public const string Beside = "beside";

    /// <summary>The value of <see cref="Beside"/> for all other rows.</summary>
    public const string Complement = "complement";

    /// <summary>The parameter that opens the builder.</summary>
    public const string Build = "build";

    /// <summary>The page of the saved cohorts of a model.</summary>
    public static string Saved(string model) => $"/models/{Uri.EscapeDataString(model)}/cohorts";

    /// <summary>An address with its parameters; those without a value are left out.</summary>
    public static string Of(string path, IEnumerable<(string Name, string? Value)> parameters)
    {
        string query = string.Join('&', parameters.Where(each => !string.IsNullOrEmpty(each.Value)).Select(each => $"{each.Name}={Uri.EscapeDataString(each.Value!)}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }
}
