using System.Text.Json;

namespace Governance.Portal.Features.ExternalSignIn;

/// <summary>The provider as it was last seen: its document, and the public keys that its tokens are verified with.</summary>
internal sealed class OidcProvider(OidcSettings settings, HttpClient http, TimeProvider clock) : IDisposable
{
    /// <summary>How long the document is believed.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    /// <summary>How soon keys are asked for again because of a token with an unknown one: forged tokens must not become requests.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim oneReader = new(1, 1);
    private (OidcMetadata Document, DateTimeOffset At)? metadata;
    private (IReadOnlyList<VerificationKey> All, DateTimeOffset At)? keys;

    /// <summary>The settings.</summary>
    public OidcSettings Settings => settings;

    /// <summary>The discovery document.</summary>
    /// <exception cref="OidcFaultException">It cannot be had, or not be trusted.</exception>
    public async Task<OidcMetadata> ReadAsync(CancellationToken cancellationToken)
    {
        if (metadata is var (known, at) && clock.GetUtcNow() - at < Fresh)
        {
            return known;
        }

        JsonElement document = await GetAsync($"{settings.Authority.TrimEnd('/')}/.well-known/openid-configuration", null, cancellationToken);
        OidcMetadata read = OidcMetadata.Read(document, settings.Authority);
        metadata = (read, clock.GetUtcNow());
        return read;
    }

    /// <summary>The keys, asked for again where none has the id that a token names.</summary>
    /// <exception cref="OidcFaultException">They cannot be had.</exception>
    public async Task<IReadOnlyList<VerificationKey>> KeysAsync(string? id, CancellationToken cancellationToken)
    {
        await oneReader.WaitAsync(cancellationToken);
        try
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (keys is not var (all, at) || now - at >= Fresh || (now - at >= Patience && all.All(key => key.Id != id)))
            {
                JsonElement document = await GetAsync((await ReadAsync(cancellationToken)).Keys, null, cancellationToken);
                all = VerificationKey.ReadAll(document);
                keys = (all, now);
            }

            return all;
        }
        finally
        {
            oneReader.Release();
        }
    }

    /// <summary>Fetches a JSON object over the back channel.</summary>
    /// <param name="address">Where from.</param>
    /// <param name="accessToken">Sent as bearer; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OidcFaultException">There is no answer, or it is not JSON.</exception>
    public async Task<JsonElement> GetAsync(string address, string? accessToken, CancellationToken cancellationToken)
    {
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Get, address);
            request.Headers.Accept.ParseAdd("application/json");
            if (accessToken is not null)
            {
                request.Headers.Authorization = new("Bearer", accessToken);
            }

            using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw new OidcFaultException($"The provider answered {(int)response.StatusCode} at {address}.", (int)response.StatusCode >= 500);
            }

            using JsonDocument document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 16 });
            return document.RootElement.Clone();
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new OidcFaultException($"The provider cannot be reached at {address}: {fault.Message}", isUnreachable: true, fault);
        }
        catch (JsonException fault)
        {
            throw new OidcFaultException($"The provider's answer at {address} is not JSON.", inner: fault);
        }
    }

    /// <inheritdoc />
    public void Dispose() => oneReader.Dispose();
}
