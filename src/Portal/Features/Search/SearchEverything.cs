using System.Security.Claims;
using Governance.Audit.Findings;
using Governance.Portal.Features.Comments;
using Governance.Portal.Features.Datasets;
using Governance.Portal.Features.Models;
using Governance.Portal.Features.Versions;
using Governance.Registry.Access;
using Governance.Registry.Comments;
using Governance.Registry.Datasets;
using Governance.Registry.Register;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Portal.Features.Search;

/// <summary>Searches what one person sees: it asks the readers of the lists, so that nothing is found that no list would show.</summary>
internal sealed class SearchEverything(
    ReadModels models, ReadDatasets datasets, RegisterQueries register, CommentQueries comments, IDbContextFactory<GovernanceDb> databases)
{
    /// <summary>The longest question, in UTF-16 code units.</summary>
    public const int MaxLength = 200;

    /// <summary>The most hits of one kind.</summary>
    public const int MostOfKind = 25;

    private const int MostComments = 500;
    private const int Excerpt = 90;

    /// <summary>What fits, kind by kind.</summary>
    /// <param name="user">Who asks.</param>
    /// <param name="question">Part of a name or text, or the beginning of a digest; what is longer than <see cref="MaxLength"/> is cut.</param>
    /// <param name="cancellationToken">The request's.</param>
    public async Task<IReadOnlyList<SearchHit>> RunAsync(ClaimsPrincipal user, string question, CancellationToken cancellationToken)
    {
        string wanted = question.Trim();
        wanted = wanted[..Math.Min(MaxLength, wanted.Length)];
        (Person person, IReadOnlyList<ModelRow> rows) = await models.ListAsync(user, cancellationToken);
        (_, IReadOnlyList<Dataset> data) = await datasets.ListAsync(user, cancellationToken);
        IReadOnlyList<RegisterView> findings = await register.VisibleToAsync(person.Id, cancellationToken);
        IReadOnlyList<CommentView> said = await comments.LatestAsync(person.Id, onlyMentions: false, MostComments, cancellationToken);
        return
        [
            .. rows.Where(row => ModelFilter.Fits(row, wanted, null, null)).Take(MostOfKind)
                .Select(row => new SearchHit("Models", row.Model.Name, row.NameOnly ? "" : row.Model.Title, $"/models/{row.Model.Name}")),
            .. rows.SelectMany(row => row.Versions).Where(version => IsVersion(version, wanted)).Take(MostOfKind)
                .Select(version => new SearchHit(
                    "Versions", version.Standing.Name, string.IsNullOrEmpty(version.Version.Note) ? StageSteps.Name(version.Version.Stage) : $"{StageSteps.Name(version.Version.Stage)}, {version.Version.Note}", version.Standing.Address("overview"))),
            .. data.Where(set => Has(set.Name, wanted) || Has(set.Title, wanted) || IsDigest(set.Digest.Hex, wanted)).Take(MostOfKind)
                .Select(set => new SearchHit("Data sets", set.Name, $"{set.Title}, n = {PlainNumbers.Count(set.Rows)}", $"/datasets/{set.Name}")),
            .. findings.Where(view => Has(view.Entry.Finding.Title, wanted) || Has(view.Entry.Finding.Key ?? "", wanted)).Take(MostOfKind)
                .Select(view => new SearchHit("Findings", view.Entry.Finding.Title, $"{view.Label}, {view.Status.ToString().ToLowerInvariant()}", $"/register/{view.Entry.Finding.Id}")),
            .. said.Where(view => Has(view.Text ?? "", wanted)).Take(MostOfKind)
                .Select(view => new SearchHit(
                    "Comments", $"{view.Author} on {view.Model} v{view.Number}, {CommentWords.About(view.Comment.Topic)}", Around(view.Text!, wanted), $"/comments/{view.Comment.Id}")),
            .. await PeopleAsync(person, rows, wanted, cancellationToken),
        ];
    }

    // Administrators find accounts; others the people of the models that they see.
    private async Task<IEnumerable<SearchHit>> PeopleAsync(
        Person person, IReadOnlyList<ModelRow> rows, string wanted, CancellationToken cancellationToken)
    {
        if (person.Roles.Contains(Role.Administrator))
        {
            await using GovernanceDb db = await databases.CreateDbContextAsync(cancellationToken);
            List<GovernanceUser> users = await db.Users.AsNoTracking().OrderBy(user => user.UserName).ToListAsync(cancellationToken);
            return users.Where(user => Has(user.UserName!, wanted) || Has(user.DisplayName, wanted)).Take(MostOfKind)
                .Select(user => new SearchHit("People", user.DisplayName, user.UserName!, $"/admin/users/{user.UserName}"));
        }

        return rows.Where(row => !row.NameOnly).SelectMany(row => row.Versions.Select(version => version.Author).Prepend(row.Owner).Distinct().Select(name => (name, row.Model.Name)))
            .Where(pair => Has(pair.name, wanted)).GroupBy(pair => pair.name, pair => pair.Name).Take(MostOfKind)
            .Select(group => new SearchHit(
                "People", group.Key, $"owner or author of {string.Join(", ", group.Distinct())}", $"/models{QueryString.Create("q", group.Key)}"));
    }

    // "credit/3" and "credit v3" are how people write a version.
    private static bool IsVersion(VersionRow version, string wanted) =>
        Has(version.Standing.Name, wanted) || Has($"{version.Standing.Model}/{version.Standing.Number}", wanted) || Has(version.Version.Note ?? "", wanted)
        || IsDigest(version.Version.Digest.Hex, wanted) || IsDigest(version.Version.Artifact.Hex, wanted);

    private static bool IsDigest(string hex, string wanted) => wanted.Length >= 6 && hex.StartsWith(wanted, StringComparison.OrdinalIgnoreCase);

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static string Around(string text, string wanted)
    {
        int from = Math.Max(0, text.IndexOf(wanted, StringComparison.OrdinalIgnoreCase) - (Excerpt / 3));
        return $"{(from > 0 ? "… " : "")}{text[from..Math.Min(text.Length, from + Excerpt)]}{(from + Excerpt < text.Length ? " …" : "")}";
    }
}
