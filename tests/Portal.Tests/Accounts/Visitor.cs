using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Governance.Tests;

namespace Governance.Portal.Tests.Accounts;

/// <summary>A browser without script: keeps cookies, reads forms, posts them, and follows no redirect by itself.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly HttpClient client;

    public Visitor(PortalServer server)
    {
        client = new HttpClient(new HttpClientHandler
        {
            AllowAutoRedirect = false, CookieContainer = Cookies,
            ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator, // its own, on loopback
        })
        {
            BaseAddress = new Uri(server.Address),
        };
    }

    /// <summary>What it keeps.</summary>
    public CookieContainer Cookies { get; } = new();

    /// <summary>Asks for a page.</summary>
    public Task<HttpResponseMessage> GetAsync(string path) => client.GetAsync(path);

    /// <summary>Sends a request.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => client.SendAsync(request);

    /// <summary>Asks for a page and reads it.</summary>
    public async Task<IDocument> ReadAsync(string path) => await ReadAsync(await GetAsync(path));

    /// <summary>Reads an answer as a page.</summary>
    public static async Task<IDocument> ReadAsync(HttpResponseMessage response) =>
        new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());

    /// <summary>Fills in the form of a page that posts, and sends it.</summary>
    /// <param name="path">The page.</param>
    /// <param name="form">A selector of the form.</param>
    /// <param name="values">What the visitor types; hidden fields are sent as they are.</param>
    public async Task<HttpResponseMessage> SubmitAsync(string path, string form, params (string Name, string Value)[] values)
    {
        IElement element = (await ReadAsync(path)).QuerySelector(form)
            ?? throw new InvalidOperationException($"{path} has no {form}.");
        Dictionary<string, string> fields = element.QuerySelectorAll("input[type=hidden][name]")
            .ToDictionary(field => field.GetAttribute("name")!, field => field.GetAttribute("value") ?? "");
        foreach ((string name, string value) in values)
        {
            fields[name] = value;
        }

        string action = element.GetAttribute("action") is { Length: > 0 } named ? named : path;
        return await client.PostAsync(action, new FormUrlEncodedContent(fields));
    }

    /// <summary>Fills in a form, sends it, and follows where it leads.</summary>
    /// <returns>The page that follows, or the one that refused.</returns>
    public async Task<IDocument> SendAsync(string path, string form, params (string Name, string Value)[] values)
    {
        HttpResponseMessage answer = await SubmitAsync(path, form, values);
        while (answer.Headers.Location is Uri next)
        {
            answer = await GetAsync(next.IsAbsoluteUri ? next.PathAndQuery : next.OriginalString);
        }

        return await ReadAsync(answer);
    }

    /// <summary>Whether a page of a person's own opens.</summary>
    public async Task<bool> IsInAsync() => (await GetAsync("/accounts/denied")).StatusCode == HttpStatusCode.OK;

    /// <summary>Signs in.</summary>
    public Task<HttpResponseMessage> SignInAsync(string name, string password = PortalServer.Password, string? returnUrl = null) =>
        SubmitAsync(
            "/accounts/sign-in" + (returnUrl is null ? "" : $"?returnUrl={Uri.EscapeDataString(returnUrl)}"),
            "main form", ("Form.Name", name), ("Form.Password", password));

    /// <inheritdoc />
    public void Dispose() => client.Dispose();
}
