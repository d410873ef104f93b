using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Governance.Portal.Tests;

/// <summary>A browser without script: it keeps cookies, follows redirects, and posts the forms that it was shown.</summary>
public sealed class SignedInClient : IDisposable
{
    private readonly HttpClientHandler handler = new() { CookieContainer = new CookieContainer() };
    private readonly HttpClient http;
    private JsonElement token;

    internal SignedInClient(Uri address) => http = new HttpClient(handler) { BaseAddress = address };

    /// <summary>The cookies it holds.</summary>
    public CookieContainer Cookies => handler.CookieContainer;

    /// <summary>The status of the answer.</summary>
    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using HttpResponseMessage response = await http.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }

    /// <summary>The page at a path.</summary>
    public async Task<IHtmlDocument> GetAsync(string path)
    {
        using HttpResponseMessage response = await http.GetAsync(new Uri(path, UriKind.Relative));
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode}\n{body[..Math.Min(2000, body.Length)]}");
        return await ParseAsync(body);
    }

    /// <summary>What a link downloads, as text.</summary>
    public Task<string> DownloadAsync(string path) => http.GetStringAsync(new Uri(path, UriKind.Relative));

    /// <summary>Fills the form around something and sends it.</summary>
    /// <param name="path">The page that shows the form.</param>
    /// <param name="inside">A selector of something inside the form.</param>
    /// <param name="fields">Names and values, over what the form holds.</param>
    /// <returns>The page that follows.</returns>
    public Task<IHtmlDocument> SubmitAsync(string path, string inside, params (string Name, string Value)[] fields) =>
        UploadAsync(path, inside, [], fields);

    /// <summary>Fills the form around something and sends it with files.</summary>
    /// <param name="path">The page that shows the form.</param>
    /// <param name="inside">A selector of something inside the form.</param>
    /// <param name="files">Names of fields, if need be with ";" and the name of the file, with the bytes of their files.</param>
    /// <param name="fields">Names and values, over what the form holds.</param>
    /// <returns>The page that follows.</returns>
    public async Task<IHtmlDocument> UploadAsync(
        string path, string inside, (string Name, byte[] Bytes)[] files, params (string Name, string Value)[] fields)
    {
        IHtmlDocument page = await GetAsync(path);
        IHtmlFormElement form = Assert.IsAssignableFrom<IHtmlFormElement>(page.QuerySelector(inside)?.Closest("form"));
        Dictionary<string, string> values = [];
        foreach (IElement element in form.QuerySelectorAll("input[name], select[name], textarea[name]"))
        {
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "file" }:
                    break;
                case IHtmlInputElement input:
                    values[input.Name!] = input.Value;
                    break;
                case IHtmlSelectElement select:
                    values[select.Name!] = select.Value ?? "";
                    break;
                case IHtmlTextAreaElement area:
                    values[area.Name!] = area.Value;
                    break;
            }
        }

        foreach ((string name, string value) in fields)
        {
            values[name] = value;
        }

        using HttpContent content = files.Length == 0 ? new FormUrlEncodedContent(values) : Multipart(values, files);
        string target = form.GetAttribute("action") is { Length: > 0 } action ? action : path;
        using HttpResponseMessage response = await http.PostAsync(new Uri(target, UriKind.RelativeOrAbsolute), content);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"POST {target}: {(int)response.StatusCode}\n{body[..Math.Min(2000, body.Length)]}");
        Address = response.RequestMessage!.RequestUri!.PathAndQuery;
        return await ParseAsync(body);
    }

    /// <summary>Sends a file by the upload form of a page.</summary>
    /// <param name="path">The page that shows the form.</param>
    /// <param name="fileName">With its extension.</param>
    /// <param name="bytes">The file.</param>
    /// <returns>The page that follows.</returns>
    public Task<IHtmlDocument> SendFileAsync(string path, string fileName, byte[] bytes) =>
        UploadAsync(path, "#file", [($"file;{fileName}", bytes)]);

    /// <summary>Sends a request of a program that shares this session, with the token that changes need.</summary>
    public async Task<HttpResponseMessage> CallAsync(
        HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        if (token.ValueKind == JsonValueKind.Undefined)
        {
            token = await http.GetFromJsonAsync<JsonElement>("/api/v1/antiforgery");
        }

        using HttpRequestMessage request = new(method, path) { Content = content };
        request.Headers.Add(token.GetProperty("header").GetString()!, token.GetProperty("token").GetString());
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await http.SendAsync(request);
    }

    /// <summary>Confirms over what a sign-off page shows, as before every decision.</summary>
    /// <param name="page">The Sign-off tab.</param>
    /// <param name="password">The person's.</param>
    public async Task ConfirmSignatureAsync(string page, string password = "correct horse battery")
    {
        IElement link = (await GetAsync(page)).QuerySelector(".decide a[href*='over=']") ?? throw new InvalidOperationException("The page asks for no confirmation.");
        await SubmitAsync(link.GetAttribute("href")!, "#password", ("Form.Password", password));
    }

    /// <summary>Confirms and decides, with a reason on every line that asks for one.</summary>
    /// <param name="page">The Sign-off tab.</param>
    /// <param name="choice">Such as Approve.</param>
    /// <param name="fields">Over what the form holds.</param>
    /// <returns>The page that follows.</returns>
    public async Task<IHtmlDocument> DecideAsync(string page, string choice, params (string Name, string Value)[] fields)
    {
        await ConfirmSignatureAsync(page);
        IEnumerable<(string, string)> reasons = (await GetAsync(page)).QuerySelectorAll(".decide textarea[name^='Form.Lines']")
            .Select(area => (area.GetAttribute("name")!, "Known, small, and watched."));
        IHtmlDocument after = await SubmitAsync(page, "#rationale", [("Form.Choice", choice), ("Form.Rationale", "The residual risk is accepted."), .. reasons, .. fields]);
        Assert.Null(after.QuerySelector(".decide [role=alert]")?.TextContent);
        return after;
    }

    /// <summary>Where the last form led.</summary>
    public string Address { get; private set; } = "/";

    /// <inheritdoc />
    public void Dispose()
    {
        http.Dispose();
        handler.Dispose();
    }

    private static MultipartFormDataContent Multipart(Dictionary<string, string> values, (string Name, byte[] Bytes)[] files)
    {
        MultipartFormDataContent content = [];
        foreach ((string name, string value) in values)
        {
            content.Add(new StringContent(value), name);
        }

        foreach ((string name, byte[] bytes) in files)
        {
            string[] names = name.Split(';');
            content.Add(new ByteArrayContent(bytes), names[0], names.Length > 1 ? names[1] : $"{name}.bin");
        }

        return content;
    }

    private static async Task<IHtmlDocument> ParseAsync(string html)
    {
        IBrowsingContext context = BrowsingContext.New(Configuration.Default);
        return (IHtmlDocument)await context.OpenAsync(request => request.Content(html));
    }
}
