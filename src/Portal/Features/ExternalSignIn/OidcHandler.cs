using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Governance.Portal.Features.ExternalSignIn;

/// <summary>
/// The code flow of OpenID Connect on the framework's OAuth handler, which does state and PKCE; added here: the nonce, the
/// check of who answers (RFC 9207), the id token, and that the person's claims are of the same subject.
/// </summary>
internal sealed class OidcHandler(
    IOptionsMonitor<OAuthOptions> options, ILoggerFactory loggers, UrlEncoder encoder, OidcProvider provider)
    : OAuthHandler<OAuthOptions>(options, loggers, encoder)
{
    private const string NonceItem = ".nonce";

    /// <inheritdoc />
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await PrepareAsync();
        properties.Items[NonceItem] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await base.HandleChallengeAsync(properties);
    }

    /// <inheritdoc />
    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri) => QueryHelpers.AddQueryString(
        base.BuildChallengeUrl(properties, redirectUri), "nonce", properties.Items[NonceItem]!);

    /// <inheritdoc />
    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        try
        {
            OidcMetadata metadata = await PrepareAsync();
            string? issuer = Request.Query["iss"];
            return (issuer is null ? metadata.NamesItself : issuer != metadata.Issuer)
                ? HandleRequestResult.Fail("The answer names another provider.")
                : await base.HandleRemoteAuthenticateAsync();
        }
        catch (OidcFaultException fault)
        {
            return HandleRequestResult.Fail(fault);
        }
    }

    /// <inheritdoc />
    protected override async Task<AuthenticationTicket> CreateTicketAsync(
        ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        OidcMetadata metadata = await provider.ReadAsync(Context.RequestAborted);
        string token = tokens.Response is { } response ? IdToken.Text(response.RootElement, "id_token") ?? "" : "";
        IdTokenExpectation expected = new(
            metadata.Issuer, Options.ClientId, properties.Items[NonceItem] ?? throw new OidcFaultException("The sign-in had no nonce."), tokens.AccessToken ?? "");
        IReadOnlyList<VerificationKey> keys = await provider.KeysAsync(IdToken.KeyIdOf(token), Context.RequestAborted);
        JsonElement claims = IdToken.Verify(token, keys, expected, TimeProvider.GetUtcNow()) switch
        {
            IdTokenOutcome.Valid valid => valid.Claims,
            IdTokenOutcome.Refused { Fault: var fault } => throw new OidcFaultException($"The id token was refused: {fault}."),
            _ => throw new UnreachableException(),
        };
        JsonElement person = await provider.GetAsync(metadata.UserInfo, tokens.AccessToken, Context.RequestAborted);
        if (IdToken.Text(person, "sub") != IdToken.Text(claims, "sub"))
        {
            throw new OidcFaultException("The claims are of another person than the id token."); // Core 5.3.2
        }

        ProvedPerson.Write(identity, claims, person);
        return new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme.Name);
    }

    // The framework asks for fixed addresses; these come from the provider itself, and are always the same.
    private async Task<OidcMetadata> PrepareAsync()
    {
        OidcMetadata metadata = await provider.ReadAsync(Context.RequestAborted);
        Options.AuthorizationEndpoint = metadata.Authorization;
        Options.TokenEndpoint = metadata.Token;
        return metadata;
    }
}
