using System.Text.RegularExpressions;
using Governance.Registry.Access;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Comments;

/// <summary>Who is called upon in a text by "@" and their user name.</summary>
public static partial class MentionedPeople
{
    /// <summary>The most names of one text that are looked at; more are words.</summary>
    public const int Most = 20;

    // Sentences end with a full stop, and addresses of mail have something before the "@".
    [GeneratedRegex(@"(?<![\w@.+-])@(?<name>[A-Za-z0-9][A-Za-z0-9._@+-]{0,99})")]
    private static partial Regex Names { get; }

    /// <summary>The names as they stand in a text, each once, without the "@"; some of them may be words of a condition such as "@score".</summary>
    public static IReadOnlyList<string> In(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. Names.Matches(text).Select(match => match.Groups["name"].Value.TrimEnd('.', '-', '_', '@', '+'))
            .Distinct(StringComparer.OrdinalIgnoreCase).Take(Most)];
    }

    /// <summary>Ids as rows keep them.</summary>
    internal static string Join(IReadOnlyCollection<UserId> people)
    {
        ArgumentNullException.ThrowIfNull(people);
        return string.Join(' ', people.Select(person => person.ToString()).Distinct(StringComparer.Ordinal));
    }

    /// <summary>Which accounts a text calls upon, and which of them it does not reach because they may not read it.</summary>
    /// <returns>Ids of those who are told, and user names of those who are not; words that name no account are neither.</returns>
    internal static async Task<(IReadOnlyList<UserId> Told, IReadOnlyList<string> Unreached)> ResolveAsync(
        GovernanceDb db, CommentTopic topic, string text, CancellationToken cancellationToken)
    {
        string[] wanted = [.. In(text).Select(name => name.ToUpperInvariant())];
        List<UserId> told = [];
        List<string> unreached = [];
        foreach (GovernanceUser user in wanted.Length == 0 ? [] : await db.Users.AsNoTracking()
            .Where(user => wanted.Contains(user.NormalizedUserName!)).OrderBy(user => user.NormalizedUserName).ToListAsync(cancellationToken))
        {
            Holdings? holdings = await Holdings.LoadAsync(db, user.Person, cancellationToken);
            if (holdings is not null && await CommentReach.SeesAsync(db, holdings, topic, cancellationToken))
            {
                told.Add(user.Person);
            }
            else
            {
                unreached.Add(user.UserName!);
            }
        }

        return (told, unreached);
    }
}
