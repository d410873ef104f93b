namespace Governance.Portal.Features.Search;

/// <summary>Something that fits a search.</summary>
/// <param name="Kind">Models, Versions, Data sets, Findings, Comments or People; also the heading that it stands under.</param>
/// <param name="Name">What it is called.</param>
/// <param name="What">A few words about it.</param>
/// <param name="Address">Where it is.</param>
internal sealed record SearchHit(string Kind, string Name, string What, string Address);
