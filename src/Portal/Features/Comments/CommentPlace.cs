using Governance.Portal.Security;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Governance.Portal.Features.Comments;

/// <summary>The address of the view that a comment stands on, and what it says of the comment that was just sent. Pure.</summary>
internal static class CommentPlace
{
    /// <summary>The parameter with the code of a refusal.</summary>
    public const string Refused = "comment-refused";

    /// <summary>The parameter with user names that a comment calls upon and does not reach.</summary>
    public const string Unreached = "comment-unreached";

    /// <summary>Path and query without what is said of a comment; "/" where the address is not of this portal.</summary>
    public static string Of(string? address)
    {
        string local = LocalAddress.OrHome(address).Split('#')[0];
        int query = local.IndexOf('?', StringComparison.Ordinal);
        if (query < 0)
        {
            return local;
        }

        IEnumerable<KeyValuePair<string, StringValues>> kept = QueryHelpers.ParseQuery(local[query..]).Where(pair => pair.Key is not (Refused or Unreached));
        return QueryHelpers.AddQueryString(local[..query], kept);
    }
}
