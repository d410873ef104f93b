using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Governance.Portal.Tests.Protocols.Mlflow;

/// <summary>Sends what MLflow's REST store sends: GET with its message as query, everything else with it as JSON body.</summary>
internal sealed class MlflowCalls(HttpClient http) : IDisposable
{
    private const string Api = "/api/2.0/mlflow/";
    private const string Proxy = "/api/2.0/mlflow-artifacts/artifacts";

    /// <summary>A call that has to succeed.</summary>
    public async Task<JsonElement> CallAsync(string method, string call, object? message = null)
    {
        (HttpStatusCode status, JsonElement answer) = await AskAsync(method, call, message);
        Assert.True(status == HttpStatusCode.OK, $"{method} {call}: {(int)status} {answer}");
        return answer;
    }

    /// <summary>A call that has to be refused.</summary>
    /// <returns>The sentence.</returns>
    public async Task<string> RefusedAsync(string method, string call, object? message, HttpStatusCode status, string code)
    {
        (HttpStatusCode got, JsonElement answer) = await AskAsync(method, call, message);
        Assert.True(got == status && answer.GetProperty("error_code").GetString() == code, $"{method} {call}: {(int)got} {answer}, expected {(int)status} {code}");
        return answer.GetProperty("message").GetString()!;
    }

    /// <summary>Any call.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Answer)> AskAsync(string method, string call, object? message = null)
    {
        string address = Api + call;
        JsonElement json = JsonSerializer.SerializeToElement(message ?? new { });
        if (method == "GET")
        {
            string[] pairs = [.. json.EnumerateObject().SelectMany(field => field.Value.ValueKind == JsonValueKind.Array
                ? field.Value.EnumerateArray().Select(item => $"{field.Name}={Uri.EscapeDataString(item.ToString())}")
                : [$"{field.Name}={Uri.EscapeDataString(field.Value.ToString())}"])];
            address += pairs.Length == 0 ? "" : "?" + string.Join('&', pairs);
        }

        using HttpRequestMessage request = new(new HttpMethod(method), address) { Content = method == "GET" ? null : JsonContent.Create(json) };
        using HttpResponseMessage response = await http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>Sends a file through the proxy.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Answer)> PutAsync(string path, byte[] bytes)
    {
        using ByteArrayContent content = new(bytes);
        using HttpResponseMessage response = await http.PutAsync($"{Proxy}/{path}", content);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>Sends files that have to be taken.</summary>
    public async Task LogAsync(string folder, params (string Name, byte[] Bytes)[] files)
    {
        foreach ((string name, byte[] bytes) in files)
        {
            (HttpStatusCode status, JsonElement answer) = await PutAsync($"{folder}/{name}", bytes);
            Assert.True(status == HttpStatusCode.OK, $"{name}: {(int)status} {answer}");
        }
    }

    /// <summary>The names in a folder; a folder among them ends with a slash.</summary>
    public async Task<string[]> ListAsync(string path)
    {
        JsonElement answer = await http.GetFromJsonAsync<JsonElement>($"{Proxy}?path={Uri.EscapeDataString(path)}");
        return !answer.TryGetProperty("files", out JsonElement files) ? []
            : [.. files.EnumerateArray().Select(file => file.GetProperty("path").GetString() + (file.GetProperty("is_dir").GetBoolean() ? "/" : ""))];
    }

    /// <summary>Gets a file through the proxy.</summary>
    public async Task<(HttpStatusCode Status, byte[] Bytes)> DownloadAsync(string path)
    {
        using HttpResponseMessage response = await http.GetAsync($"{Proxy}/{path}");
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Deletes a file or folder behind the proxy.</summary>
    public async Task<HttpStatusCode> DeleteAsync(string path)
    {
        using HttpResponseMessage response = await http.DeleteAsync($"{Proxy}/{path}");
        return response.StatusCode;
    }

    /// <summary>Asks for an upload in parts.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Answer)> PartsAsync(string path)
    {
        using HttpResponseMessage response = await http.PostAsJsonAsync($"/api/2.0/mlflow-artifacts/mpu/create/{path}", new { path, num_parts = 2 });
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    public void Dispose() => http.Dispose();
}
