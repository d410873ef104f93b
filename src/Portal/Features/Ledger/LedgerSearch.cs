using System.Globalization;
using Governance.Registry.Ledger;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;

namespace Governance.Portal.Features.Ledger;

/// <summary>What an address of the ledger asks for: the same words on the page and in its download.</summary>
internal sealed record LedgerSearch
{
    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    [FromQuery(Name = "actor")]
    public string? Actor { get; init; }

    [FromQuery(Name = "action")]
    public string? Action { get; init; }

    [FromQuery(Name = "subject")]
    public string? Subject { get; init; }

    [FromQuery(Name = "model")]
    public string? Model { get; init; }

    [FromQuery(Name = "from")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    public string? To { get; init; }

    [FromQuery(Name = "before")]
    public long? Before { get; init; }

    /// <summary>As the registry asks; a day that is none asks nothing.</summary>
    public LedgerFilter ToFilter() => new()
    {
        Text = Word(Q), Actor = Word(Actor), Action = Word(Action), Subject = Word(Subject), Model = Word(Model), From = Day(From), To = Day(To),
    };

    /// <summary>The address of a page or a download with the same words.</summary>
    public string Address(string path, long? before)
    {
        QueryBuilder query = [];
        foreach ((string name, string? value) in ((string, string?)[])
            [("q", Q), ("actor", Actor), ("action", Action), ("subject", Subject), ("model", Model), ("from", From), ("to", To), ("before", before?.ToString(CultureInfo.InvariantCulture))])
        {
            if (Word(value) is string word)
            {
                query.Add(name, word);
            }
        }

        return path + query.ToQueryString();
    }

    private static string? Word(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) && day < DateOnly.MaxValue ? day : null;
}
