using Governance.Registry.Tokens;

namespace Governance.Portal.Features.Tokens;

/// <summary>Tokens as people say them.</summary>
internal static class TokenWords
{
    /// <summary>"predict".</summary>
    public static string Scope(TokenScope scope) => scope.ToString().ToLowerInvariant();

    /// <summary>What a scope lets a program do, for a form.</summary>
    public static string Meaning(TokenScope scope) => scope switch
    {
        TokenScope.Read => "see models, versions and evidence",
        TokenScope.Predict => "ask for predictions",
        TokenScope.Explain => "ask for explanations and counterfactuals",
        TokenScope.Audit => "request audits",
        TokenScope.Register => "upload and register versions and data sets",
        TokenScope.Ingest => "send rows and labels of deployments",
        TokenScope.Deploy => "deploy versions and end deployments",
        TokenScope.Download => "take model files that two persons released to you",
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, null),
    };

    /// <summary>"read, predict".</summary>
    public static string Scopes(ApiToken token) => string.Join(", ", token.Scopes.Select(Scope));

    /// <summary>The models it is limited to, or "all of the account".</summary>
    public static string Models(ApiToken token) => token.Models.Count == 0 ? "all of the account" : string.Join(", ", token.Models);

    /// <summary>The networks it is limited to, or "everywhere".</summary>
    public static string Networks(ApiToken token) => token.Networks.Count == 0 ? "everywhere" : string.Join(", ", token.Networks);

    /// <summary>How it stands.</summary>
    public static string State(TokenState state) => state switch
    {
        TokenState.Offered => "offered",
        TokenState.Valid => "valid",
        TokenState.Expired => "expired",
        TokenState.Revoked => "revoked",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
