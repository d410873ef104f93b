using Governance.Portal.Components.Parts;
using Governance.Portal.Features.Versions;
using Governance.Registry.Versions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Governance.Portal.Features.Models;

/// <summary>What the address of the table of models says: lens, filters and order. Pure.</summary>
/// <param name="Lens">The key of a lens; null for governance.</param>
/// <param name="Search">What is searched for; null for nothing.</param>
/// <param name="Tier">A tier's name; null for any.</param>
/// <param name="Stage">A stage's name; null for any.</param>
/// <param name="Sort">The order of the rows; null for the usual one.</param>
internal sealed record ModelView(string? Lens = null, string? Search = null, string? Tier = null, string? Stage = null, string? Sort = null)
{
    /// <summary>The page.</summary>
    public const string List = "/models";

    /// <summary>The lenses and their keys in the address.</summary>
    public static readonly IReadOnlyList<(string Name, string? Key)> Lenses = [("Governance", null), ("Health", "health"), ("Serving", "serving"), ("Protection", "protection")];

    /// <summary>Reads an address; what it does not know is left out.</summary>
    public static ModelView Of(string address)
    {
        Dictionary<string, StringValues> query = QueryHelpers.ParseQuery(address.Contains('?', StringComparison.Ordinal) ? address[address.IndexOf('?', StringComparison.Ordinal)..] : "");
        string? lens = Value(query, "lens");
        return new ModelView(
            Lenses.FirstOrDefault(each => each.Key == lens).Key, Value(query, "q")?.Trim(), Value(query, "tier"), Value(query, "stage"), Value(query, "sort"));
    }

    /// <summary>Whether rows are left out.</summary>
    public bool IsFiltered => Search is not null || Tier is not null || Stage is not null;

    /// <summary>The address in one spelling.</summary>
    public string Address => QueryHelpers.AddQueryString(List, new Dictionary<string, string?>
    {
        ["lens"] = Lens, ["q"] = Search, ["tier"] = Tier, ["stage"] = Stage, ["sort"] = Sort,
    });

    /// <summary>What it shows, such as "Health · tier High · sorted by tier".</summary>
    public string Words => string.Join(" · ", new[]
    {
        Lenses.First(each => each.Key == Lens).Name,
        Search is null ? null : $"“{Search}”",
        Tier is null ? null : $"tier {Tier}",
        Stage is null ? null : Enum.TryParse(Stage, out Stage stage) ? StageSteps.Name(stage) : Stage,
        Sort is null ? null : TableOrder.Parse(Sort) is { Key: { } key, Descending: bool down } ? $"by {key}{(down ? ", descending" : "")}" : null,
    }.OfType<string>());

    private static string? Value(Dictionary<string, StringValues> query, string name) =>
        query.TryGetValue(name, out StringValues values) && !string.IsNullOrWhiteSpace(values[^1]) ? values[^1] : null;
}
